using System.CommandLine;
using BankPortal.Core.Audit.Chain;
using BankPortal.Infrastructure.Dynamo.Engine;
using BankPortal.Infrastructure.Security;

namespace BankPortal.Web.Hosting.Commands;

/// <summary>Verifies an export of the audit log without a database, or the audit log of the database.</summary>
internal sealed class VerifyAuditCommand(IServiceProvider services, TimeProvider time) : IPortalCommand
{
    private const string FileArgument = "file";
    private const string KeyOption = "--key";

    // A file needs none; without a file it makes the database ready by itself.
    public bool NeedsTables => false;

    public static bool NeedsOptions(ParseResult call) => FileOf(call) is null;

    public static Command Define() =>
        new("verify-audit", "Verify an export of the audit log, or the log in the database when no file is named; exit code 1 when it was changed.")
        {
            new Argument<string?>(FileArgument)
            {
                Description = "The exported file.",
                Arity = ArgumentArity.ZeroOrOne,
            },
            new Option<string>(KeyOption)
            {
                Description = "The fingerprint of the bank's key; the file must be signed by it.",
                HelpName = "FINGERPRINT",
            },
        };

    public async Task<int> RunAsync(ParseResult call, CancellationToken ct = default)
    {
        if (FileOf(call) is not { } path)
        {
            // Not for a file: these need the database.
            await services.GetRequiredService<IDatabaseStartup>().EnsureReadyAsync(ct);
            await services.GetRequiredService<KeyRingStartup>().EnsureReadableAsync(ct);
            var verifier = services.GetRequiredService<AuditVerifier>();
            var progress = new ProgressLine("Verifying", time);
            var found = await verifier.VerifyAsync(null, new Direct<long>(rows => progress.Show(rows)), ct);
            ProgressLine.End();
            return await TellAsync(found);
        }

        AuditFileCheck check;
        try
        {
            await using var file = File.OpenRead(path);
            check = await AuditFileCheck.VerifyAsync(file, ct);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The file cannot be read: {exception.Message}");
            return ExitCodes.Usage;
        }

        if (check.Fingerprint.Length > 0)
        {
            await Console.Out.WriteLineAsync($"Signed by the key {check.Fingerprint}");
        }

        var code = await TellAsync(check.Result);
        if (call.GetValue<string>(KeyOption) is not { } expected)
        {
            await Console.Out.WriteLineAsync($"Compare the key with the one the bank published, or name that one by {KeyOption}.");
            return code;
        }

        if (Plain(expected) == Plain(check.Fingerprint) && check.Fingerprint.Length > 0)
        {
            return code;
        }

        await Console.Out.WriteLineAsync("FAULT The file is signed by another key.");
        return ExitCodes.Failed;
    }

    private static string? FileOf(ParseResult call) => call.GetValue<string?>(FileArgument) is { Length: > 0 } path ? path : null;

    private static string Plain(string fingerprint) => fingerprint.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    private static async Task<int> TellAsync(AuditVerification found)
    {
        foreach (var finding in found.Findings)
        {
            await Console.Out.WriteLineAsync("FAULT " + finding.Sentence);
        }

        if (found.FindingCount > found.Findings.Length)
        {
            await Console.Out.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"... and {found.FindingCount - found.Findings.Length:N0} more"));
        }

        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{found.Rows:N0} rows in {found.Links:N0} links, {found.Anchors:N0} anchors; rows from before the chain: {found.Older:N0}; faults: {found.FindingCount:N0}"));
        return found.IsClean ? ExitCodes.Ok : ExitCodes.Failed;
    }
}
