using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Audit.Chain;

namespace BankPortal.Infrastructure.Audit.Chain;

/// <summary>Queries of the chains that writer and store share.</summary>
internal static class AuditChainReading
{
    public static async Task<AuditLink?> FindLastAsync(DynamoDatabase database, int shard, CancellationToken ct)
    {
        var request = Partition(database, AuditChainItems.PartitionOf(shard));
        request.ScanIndexForward = false;
        request.Limit = 1;
        return (await database.Client.QueryAsync(request, ct)).Items is [var last, ..] ? AuditChainItems.ToLink(last) : null;
    }

    public static QueryRequest Partition(DynamoDatabase database, string subject) => new()
    {
        TableName = database.TableName(AuditTables.Records),
        KeyConditionExpression = "#subject = :subject",
        ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#subject"] = AuditItems.Subject },
        ExpressionAttributeValues = new(StringComparer.Ordinal) { [":subject"] = Attr.S(subject) },
        ConsistentRead = true,
    };
}
