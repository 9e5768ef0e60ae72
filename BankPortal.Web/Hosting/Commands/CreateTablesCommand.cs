using System.CommandLine;
using BankPortal.Infrastructure.Dynamo.Client;
using BankPortal.Infrastructure.Dynamo.Engine;
using BankPortal.Infrastructure.Dynamo.Schema;

namespace BankPortal.Web.Hosting.Commands;

/// <summary>Creates missing tables and indexes: in AWS the only way, because there a serving portal should not be allowed to.</summary>
internal sealed class CreateTablesCommand(IDatabaseStartup database, DynamoDatabase handle) : IPortalCommand
{
    public bool NeedsTables => false;

    public static Command Define() =>
        new("create-tables", "Create missing tables and indexes, and turn on expiry; in AWS also recovery and encryption.");

    public async Task<int> RunAsync(ParseResult call, CancellationToken ct = default)
    {
        var changes = await database.CreateTablesAsync(ct);
        await Console.Out.WriteLineAsync(
            changes == 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"All {BankTables.All.Length} tables were there already ({handle.TablePrefix}…)."
                )
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"Done: {changes} changes, {BankTables.All.Length} tables ({handle.TablePrefix}…)."
                )
        );
        return ExitCodes.Ok;
    }
}
