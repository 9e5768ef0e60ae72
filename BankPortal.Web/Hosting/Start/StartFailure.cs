using System.Net.Sockets;

namespace BankPortal.Web.Hosting.Start;

/// <summary>Says in one message why the portal did not start, for faults that have no message for the person who started it.</summary>
internal static class StartFailure
{
    /// <summary>What is wrong with the files and values of the configuration; <see langword="null"/> for another fault.</summary>
    public static string? OfConfiguration(Exception fault) => fault switch
    {
        DirectoryNotFoundException => $"The folder that --contentRoot names does not exist: {fault.Message}",
        InvalidDataException or FormatException or IOException or UnauthorizedAccessException or ArgumentException =>
            $"The configuration cannot be read. {Sentences(fault)}",
        _ => null,
    };

    /// <summary>Why the server cannot listen; <see langword="null"/> for a fault that comes from elsewhere.</summary>
    public static string? OfServer(Exception fault) =>
        fault is SocketException or IOException or InvalidOperationException or FormatException or ArgumentException
            or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException
        && fault.StackTrace?.Contains("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal) == true
            ? $"The portal cannot listen. {Sentences(fault)}"
            : null;

    // The message of each exception of the chain, unless the one around it says the same.
    private static string Sentences(Exception fault)
    {
        var sentences = new List<string>();
        for (var inner = fault; inner is not null; inner = inner.InnerException)
        {
            var sentence = inner.Message.ReplaceLineEndings(" ").Trim().TrimEnd('.') + ".";
            if (!sentences.Exists(said => said.Contains(sentence.TrimEnd('.'), StringComparison.OrdinalIgnoreCase)))
            {
                sentences.Add(sentence);
            }
        }

        return string.Join(' ', sentences);
    }
}
