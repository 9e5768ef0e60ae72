using System.Net;
using System.Security.Cryptography;
using Amazon.Runtime;

namespace BankPortal.Infrastructure.Dynamo.Client;

/// <summary>Says in one line what is wrong with the database, for people who run the portal from a command line.</summary>
public static class DatabaseFault
{
    /// <summary>What to do about damaged data.</summary>
    public const string Advice = "Nothing was changed. Restore a backup: see docs/backup.md.";

    /// <summary>
    /// Explains an exception that comes from a database that does not answer or whose data is damaged.
    /// </summary>
    /// <returns>One line; <see langword="null"/> for any other exception, whose stack is needed.</returns>
    public static string? Explain(Exception exception) => exception switch
    {
        InvalidDataException or CryptographicException => $"Stored data cannot be read: {OneLine(exception)} {Advice}",
        AmazonServiceException { StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError } => null,
        AmazonServiceException or AmazonClientException or LedgerUnavailableException =>
            $"The database does not answer as it should: {OneLine(exception.InnerException ?? exception)}",
        _ => null,
    };

    /// <summary>The message of an exception, on one line and with a full stop.</summary>
    internal static string OneLine(Exception exception) => exception.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ') + ".";
}
