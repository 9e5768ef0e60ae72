using System.Text;

namespace BankPortal.Core.Analytics.Categories;

/// <summary>The categories and the rules that every customer has. Ids are stored: they are never renamed.</summary>
public static class ShippedCategories
{
    // A text as short as this must be a whole word: "bar" is not "Barnes".
    private const int WholeWord = 4;

    /// <summary>The pseudo category of what is left out of analytics.</summary>
    public const string Excluded = "excluded";
    /// <summary>Other purchases.</summary>
    public const string Shopping = "shopping";
    /// <summary>Other payments.</summary>
    public const string Bills = "bills";
    /// <summary>Transfers to people.</summary>
    public const string People = "people";
    /// <summary>Cash withdrawals.</summary>
    public const string Cash = "cash";
    /// <summary>Fees and interest paid.</summary>
    public const string Fees = "fees";
    /// <summary>Salary.</summary>
    public const string Salary = "salary";
    /// <summary>Interest received.</summary>
    public const string Interest = "interest";
    /// <summary>Cash deposits.</summary>
    public const string CashIn = "cash-in";
    /// <summary>Other money received.</summary>
    public const string Received = "received";

    /// <summary>All categories, in the order in which they are offered.</summary>
    public static ImmutableArray<Category> All { get; } =
    [
        new("groceries", "Groceries"),
        new("dining", "Eating out"),
        new("housing", "Housing"),
        new("utilities", "Utilities"),
        new("phone", "Phone and internet"),
        new("transport", "Transport"),
        new("entertainment", "Entertainment"),
        new("subscriptions", "Subscriptions"),
        new("health", "Health"),
        new(Shopping, "Shopping"),
        new("travel", "Travel"),
        new("education", "Education"),
        new("insurance", "Insurance"),
        new("children", "Children"),
        new("donations", "Donations"),
        new("taxes", "Taxes"),
        new(Bills, "Bills and payments"),
        new(People, "Transfers to people"),
        new(Cash, "Cash"),
        new(Fees, "Fees"),
        new(Salary, "Salary", IsIncome: true),
        new("benefits", "Pensions and benefits", IsIncome: true),
        new("refunds", "Refunds", IsIncome: true),
        new(Interest, "Interest", IsIncome: true),
        new(CashIn, "Cash deposits", IsIncome: true),
        new(Received, "Transfers received", IsIncome: true),
        new(Excluded, "Left out of analytics"),
    ];

    // The first match counts, so the more exact texts come first. A text matches at the beginning of a word, a short one the whole word.
    private static readonly (string Category, string[] Texts)[] Spending =
    [
        ("subscriptions", ["subscription", "streamly", "netflix", "spotify", "disney", "audible", "icloud", "membership", "gym"]),
        ("health", ["pharmacy", "chemist", "dentist", "dental", "doctor", "clinic", "hospital", "optician", "physio", "medical"]),
        ("insurance", ["insurance", "assurance", "premium"]),
        ("education", ["school fee", "university", "college", "tuition", "course"]),
        ("children", ["kindergarten", "childcare", "daycare", "nursery", "toys"]),
        ("travel", ["hotel", "airline", "airways", "airbnb", "booking com", "hostel", "travel", "flight"]),
        ("entertainment", ["cinema", "theatre", "theater", "concert", "museum", "ticket", "games", "bowling"]),
        ("dining", ["restaurant", "trattoria", "pizzeria", "pizza", "cafe", "coffee", "bistro", "bakery", "noodle", "burger", "sushi", "dinner", "lunch", "bar"]),
        ("groceries", ["grocer", "market", "supermarket", "harvest", "aldi", "lidl", "tesco", "woolworths", "coles", "whole foods", "butcher"]),
        ("transport", ["transit", "fuel", "petrol", "gas station", "parking", "taxi", "uber", "railway", "train", "metro", "bus", "toll", "car wash"]),
        ("phone", ["telecom", "mobile", "phone", "internet", "broadband", "vodafone", "telstra"]),
        ("utilities", ["electric", "power", "gas", "water", "energy", "heating", "utilities", "waste"]),
        ("housing", ["rent", "mortgage", "property", "landlord", "strata", "home loan"]),
        ("donations", ["donation", "charity", "red cross", "unicef"]),
        ("taxes", ["tax", "council rates", "customs"]),
        (Shopping, ["electronics", "outfitters", "books", "clothing", "fashion", "furniture", "hardware", "amazon", "ikea", "present"]),
    ];

    private static readonly (string Category, string[] Texts)[] Income =
    [
        (Salary, ["salary", "wages", "payroll", "pay"]),
        ("benefits", ["pension", "benefit", "allowance", "social security", "centrelink"]),
        ("refunds", ["refund", "cashback", "reimbursement"]),
        (Interest, ["interest", "dividend"]),
    ];

    /// <summary>Returns the category under the shipped rules. Never fails: what no rule knows gets the category of its kind.</summary>
    public static string Of(EntryTraits traits)
    {
        // What the bank itself did is known from its kind.
        var certain = (traits.Kind, traits.IsIncome) switch
        {
            (TransferKind.Salary, true) => Salary,
            (TransferKind.Interest, true) => Interest,
            (TransferKind.Deposit, true) => CashIn,
            (TransferKind.Fee or TransferKind.Interest, false) => Fees,
            (TransferKind.Withdrawal, false) => Cash,
            (TransferKind.LoanPayment, false) => Bills,
            _ => null,
        };
        if (certain is not null)
        {
            return certain;
        }

        // A description that is a category's name means it; sums of many small groups are named so as well.
        if (traits.Counterparty.Length == 0
            && All.FirstOrDefault(c => c.Id != Excluded && c.IsIncome == traits.IsIncome && c.Name == traits.Description) is { } named)
        {
            return named.Id;
        }

        var text = Words(traits.Counterparty + " " + traits.Description);
        foreach (var (category, texts) in traits.IsIncome ? Income : Spending)
        {
            if (Array.Exists(texts, part => text.Contains(part.Length <= WholeWord ? $" {part} " : " " + part, StringComparison.Ordinal)))
            {
                return category;
            }
        }

        return (traits.Kind, traits.IsIncome) switch
        {
            (_, true) => Received,
            (TransferKind.Payment, _) => Bills,
            (TransferKind.Transfer, _) => People,
            _ => Shopping,
        };
    }

    // Lower case, one space between words and around them.
    private static string Words(string text)
    {
        var folded = SearchText.Fold(text);
        var words = new StringBuilder(" ", folded.Length + 2);
        foreach (var c in folded)
        {
            var next = char.IsLetterOrDigit(c) ? c : ' ';
            if (next != ' ' || words[^1] != ' ')
            {
                words.Append(next);
            }
        }

        return (words[^1] == ' ' ? words : words.Append(' ')).ToString();
    }
}
