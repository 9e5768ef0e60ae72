using System.CommandLine;

namespace BankPortal.Bench.Faults;

/// <summary>
/// A process of its own that moves money on the same engine until it is killed. It runs the same services as the portal
/// and tells on its output what it begins and what came of it.
/// </summary>
internal static class FaultProcess
{
    private const string Name = "fault-process";

    /// <summary>The command, which only <see cref="Start"/> calls: the help does not show it.</summary>
    public static Command Define()
    {
        var endpoint = new Argument<Uri>("endpoint") { CustomParser = given => new Uri(given.Tokens[0].Value) };
        var seed = new Argument<int>("seed");
        var run = new Argument<string>("run");
        var accounts = new Argument<string[]>("owner=account") { Arity = ArgumentArity.OneOrMore };
        var command = new Command(Name) { endpoint, seed, run, accounts };
        command.Hidden = true;
        command.SetAction(call => RunAsync(
            call.GetRequiredValue(endpoint), call.GetRequiredValue(seed), call.GetRequiredValue(run), call.GetRequiredValue(accounts)));
        return command;
    }

    /// <summary>Starts one.</summary>
    public static Process Start(BenchBank bank, int seed, int run, List<Account> accounts)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(typeof(FaultProcess).Assembly.Location);
        start.ArgumentList.Add(Name);
        start.ArgumentList.Add(bank.Endpoint.AbsoluteUri);
        start.ArgumentList.Add(seed.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(run.ToString(CultureInfo.InvariantCulture));
        foreach (var account in accounts)
        {
            start.ArgumentList.Add($"{account.OwnerId}={account.Id}");
        }

        return Process.Start(start) ?? throw new BenchFailedException("The second process did not start.");
    }

    /// <summary>The order that a key stands for.</summary>
    public static TransferOrder OrderOf(List<Account> accounts, string key, int from, int to, int cents) =>
        OrderOf(accounts[from].OwnerId, accounts[from].Id, accounts[to].Id, key, cents);

    private static async Task<int> RunAsync(Uri endpoint, int seed, string run, string[] pairs)
    {
        await using var bank = await BenchBank.JoinAsync(endpoint);
        var accounts = pairs.Select(pair => pair.Split('=')).Select(pair => (Owner: pair[0], Id: pair[1])).ToList();
#pragma warning disable CA5394
        var random = new Random(seed);
        for (var i = 0; ; i++)
        {
            var key = FormattableString.Invariant($"p{run}-{i}");
            var from = random.Next(accounts.Count);
            var to = (from + random.Next(1, accounts.Count)) % accounts.Count;
            var cents = random.Next(1, 9000);
            Console.WriteLine(FormattableString.Invariant($"begin {key} {from} {to} {cents}"));
            var result = await bank.Ledger.ExecuteAsync(OrderOf(accounts[from].Owner, accounts[from].Id, accounts[to].Id, key, cents));
            Console.WriteLine(
                $"{(result.IsSuccess ? FaultAnswer.Done : result.Error is OutcomeUnknownError ? FaultAnswer.Unknown : FaultAnswer.Refused)} {key}"
            );
        }
#pragma warning restore CA5394
    }

    private static TransferOrder OrderOf(string owner, string from, string to, string key, int cents) => new()
    {
        Actor = Actor.Customer(owner),
        IdempotencyKey = key,
        Kind = TransferKind.Transfer,
        DebitAccountId = from,
        CreditAccountId = to,
        Amount = new Money(cents, Currency.Usd),
        DuplicateConfirmed = true,
    };
}
