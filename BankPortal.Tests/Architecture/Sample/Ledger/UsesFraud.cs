using Amazon.DynamoDBv2.Model;
using BankPortal.Tests.Architecture.Sample.Fraud;

namespace BankPortal.Tests.Architecture.Sample.Ledger;

/// <summary>Breaks the rules inside method bodies, where no signature shows it.</summary>
internal static class UsesFraud
{
    public static int Direct(int amount) => Score.Of(amount);

    public static async Task<int> WaitsAsync(int amount)
    {
        await Task.Yield();
        return Score.Of(amount);
    }

    public static IEnumerable<int> InALambda(IEnumerable<int> amounts) => amounts.Select(static amount => Score.Of(amount));

    public static string Stored(object item) => ((AttributeValue)item).S;
}
