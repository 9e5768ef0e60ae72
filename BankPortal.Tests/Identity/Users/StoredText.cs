using System.Text;
using Amazon.DynamoDBv2.Model;

namespace BankPortal.Tests.Identity.Users;

/// <summary>Every text in a stored value, however deep; bytes are read as text.</summary>
internal static class StoredText
{
    public static IEnumerable<string> Of(AttributeValue value)
    {
        if (value.S is { } text)
        {
            yield return text;
        }

        if (value.N is { } number)
        {
            yield return number;
        }

        if (value.B is { } bytes)
        {
            yield return Encoding.UTF8.GetString(bytes.ToArray());
            yield return Encoding.Unicode.GetString(bytes.ToArray());
        }

        foreach (var inner in (value.SS ?? []).Concat((value.L ?? []).SelectMany(Of)).Concat((value.M ?? []).Values.SelectMany(Of)))
        {
            yield return inner;
        }
    }
}
