namespace BankPortal.Tests.Journeys.Steps;

/// <summary>Opening accounts and moving money.</summary>
public static class MoneySteps
{
    private static readonly Regex SendOrProve = new("^(?:Send |Confirm this payment$)", RegexOptions.None, TimeSpan.FromSeconds(1));

    /// <summary>Creates a customer with this balance and signs them in at a new browser, up to the dashboard.</summary>
    public static async Task<(Visitor Visitor, Person Person)> CustomerAsync(this Journey journey, string name, decimal balance = 0)
    {
        var person = await journey.Portal.CreateAsync(name, balance);
        return (await journey.SignInAsync(person), person);
    }

    /// <summary>Creates a customer with money, signed in, and another customer to pay.</summary>
    public static async Task<(Visitor Visitor, Person Payer, Person Payee)> PayerAsync(
        this Journey journey, string name, decimal balance, string payeeName)
    {
        var payee = await journey.Portal.CreateAsync(payeeName);
        var (visitor, payer) = await journey.CustomerAsync(name, balance);
        return (visitor, payer, payee);
    }

    /// <summary>Opens the dashboard and waits until it shows this total.</summary>
    public static async Task HasInTotalAsync(this Visitor visitor, decimal dollars)
    {
        await visitor.FollowMenuAsync("Dashboard");
        await visitor.SeesAmountAsync(visitor.Total(), dollars);
    }

    /// <summary>The total at the head of the dashboard.</summary>
    public static ILocator Total(this Visitor visitor) => visitor.Main.Locator(".dash-total .amount-large");

    /// <summary>The balance of one of the accounts on the dashboard.</summary>
    public static ILocator BalanceOf(this Visitor visitor, string account) =>
        visitor.Main.Locator(".dash-account", new LocatorLocatorOptions { HasText = account }).Locator(".dash-account-balance");

    /// <summary>The row of an entry list that contains this text.</summary>
    public static ILocator Entry(this Visitor visitor, string words) =>
        visitor.Main.Locator(".entry-list tbody tr", new LocatorLocatorOptions { HasText = words });

    /// <summary>The reference on a receipt.</summary>
    public static async Task<string> ReferenceAsync(this Visitor visitor)
    {
        var reference = await visitor.Main.Locator(".receipt-reference").InnerTextAsync();
        return reference.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)[0];
    }

    /// <summary>Opens a savings account.</summary>
    public static async Task OpenSavingsAsync(this Visitor visitor, string nickname)
    {
        await visitor.FollowMenuAsync("Open an account");
        await visitor
            .Main.GetByRole(
                AriaRole.Radio,
                new LocatorGetByRoleOptions { NameRegex = new Regex("^Savings", RegexOptions.None, TimeSpan.FromSeconds(1)) }
            )
            .CheckAsync();
        await visitor.FillAsync("Name for this account", nickname);
        await visitor.PressAsync("Open the account");
    }

    /// <summary>Pays in cash, with the review, up to the receipt.</summary>
    public static async Task DepositAsync(this Visitor visitor, string amount, string account, string description)
    {
        await visitor.FollowMenuAsync("Deposit");
        await visitor.ChooseAsync("Into account", account);
        await visitor.FillAsync("Amount", amount);
        await visitor.FillAsync("Description", description);
        await visitor.PressAsync("Continue");
        await visitor.SeesHeadingAsync("Check before you pay in");
        await visitor
            .Main.GetByRole(
                AriaRole.Button,
                new LocatorGetByRoleOptions { NameRegex = new Regex("^Pay in ", RegexOptions.None, TimeSpan.FromSeconds(1)) }
            )
            .ClickAsync();
        await visitor.SeesHeadingAsync("Money paid in");
    }

    /// <summary>Fills in the form and goes on to the review, with the second factor where the portal asks for it.</summary>
    public static async Task ReviewPaymentAsync(this Visitor visitor, Person payer, Payment payment)
    {
        await visitor.FollowMenuAsync("Transfer");
        await visitor.FillPaymentAsync(payment);
        await visitor.PressAsync("Continue");
        await visitor.StandAtReviewAsync(payer);
    }

    /// <summary>Waits for the review, and proves the second factor where the portal asks for it first.</summary>
    public static async Task StandAtReviewAsync(this Visitor visitor, Person payer)
    {
        await visitor.SeesHeadingAsync("Check before you send");
        var button = visitor.Main.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameRegex = SendOrProve });
        if ((await button.InnerTextAsync()).StartsWith("Confirm", StringComparison.Ordinal))
        {
            await button.ClickAsync();
            await visitor.ProveAsync(payer, "Confirm this payment");
            await visitor.SeesHeadingAsync("Check before you send");
        }

        await Expect(visitor.SendButton()).ToBeVisibleAsync();
    }

    /// <summary>Fills in the transfer form for a new payee.</summary>
    public static async Task FillPaymentAsync(this Visitor visitor, Payment payment)
    {
        await visitor.Main.GetByRole(AriaRole.Radio, new LocatorGetByRoleOptions { Name = "Someone new" }).CheckAsync();
        await visitor.FillAsync("Account number", payment.Number);
        await visitor.FillAsync("Name of the account holder", payment.Name);
        await visitor.FillAsync("Amount", payment.Amount);
        await visitor.FillAsync("Description", payment.Description);
    }

    /// <summary>The button that sends what was reviewed.</summary>
    public static ILocator SendButton(this Visitor visitor) =>
        visitor.Main.GetByRole(
            AriaRole.Button,
            new LocatorGetByRoleOptions { NameRegex = new Regex("^Send ", RegexOptions.None, TimeSpan.FromSeconds(1)) }
        );

    /// <summary>Sends what was reviewed, up to the receipt.</summary>
    public static async Task SendAsync(this Visitor visitor)
    {
        await visitor.SendButton().ClickAsync();
        await visitor.SeesHeadingAsync("Money sent");
    }

    /// <summary>Pays a new payee, from the form to the receipt.</summary>
    public static async Task PayAsync(this Visitor visitor, Person payer, Payment payment)
    {
        await visitor.ReviewPaymentAsync(payer, payment);
        await visitor.SendAsync();
    }

    /// <summary>Moves money between one's own accounts, from the form to the receipt.</summary>
    public static async Task MoveAsync(this Visitor visitor, string from, string to, string amount)
    {
        await visitor.FollowMenuAsync("Transfer");
        await visitor.ChooseAsync("From account", from);
        await visitor.Main.GetByRole(AriaRole.Radio, new LocatorGetByRoleOptions { Name = "My accounts" }).CheckAsync();
        await visitor.ChooseAsync("To account", to);
        await visitor.FillAsync("Amount", amount);
        await visitor.PressAsync("Continue");
        await visitor.SeesHeadingAsync("Check before you send");
        await visitor.SendButton().ClickAsync();
        await visitor.SeesHeadingAsync("Money moved");
    }

    /// <summary>Proves the identity again, with the authenticator or, without one, with the password.</summary>
    /// <param name="visitor">Who proves it.</param>
    /// <param name="person">Whose identity it is.</param>
    /// <param name="heading">The heading of the page that asks.</param>
    public static async Task ProveAsync(this Visitor visitor, Person person, string heading = "Confirm that it is you")
    {
        await visitor.SeesHeadingAsync(heading);
        if (person.Authenticator is { } app)
        {
            await visitor.FillAsync("Code", await app.NextCodeAsync());
        }
        else
        {
            await visitor.FillAsync("Password", person.Password);
        }

        await visitor.PressAsync("Confirm");
    }
}
