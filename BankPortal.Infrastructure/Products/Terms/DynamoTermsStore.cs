using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Products.Terms;

namespace BankPortal.Infrastructure.Products.Terms;

/// <summary>Stores the versions of products' terms in DynamoDB: one row each, and one row with the revision of each product.
/// Thread-safe.</summary>
public sealed class DynamoTermsStore(DynamoDatabase database) : ITermsStore
{
    private const string Product = "product";
    private const string Item = "item_key";
    private const string Revision = "revision";

    // Sorts after every version number.
    private const string Head = "head";

    private readonly string _table = database.TableName(ProductTables.Terms);

    /// <inheritdoc/>
    public async Task<TermsBook> ReadAsync(AccountType product, CancellationToken ct = default)
    {
        var versions = ImmutableArray.CreateBuilder<TermsVersion>();
        var revision = 0L;
        var request = new QueryRequest
        {
            TableName = _table,
            KeyConditionExpression = $"{Product} = :product",
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":product"] = Attr.S(product.ToString()) },
            ConsistentRead = true,
        };
        do
        {
            var response = await database.Client.QueryAsync(request, ct);
            foreach (var item in response.Items ?? [])
            {
                var row = new ItemReader(item);
                if (row.String(Item) == Head)
                {
                    revision = row.Long(Revision);
                }
                else
                {
                    versions.Add(ToVersion(product, row));
                }
            }

            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return new TermsBook(product, versions.ToImmutable(), revision);
    }

    /// <inheritdoc/>
    public async Task<bool> TryWriteAsync(TermsVersion version, long revision, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(version);
        var head = new Put
        {
            TableName = _table,
            Item = new ItemWriter().Set(Product, version.Product.ToString()).Set(Item, Head).Set(Revision, revision + 1).ToItem(),
            ConditionExpression = revision == 0 ? $"attribute_not_exists({Item})" : $"{Revision} = :seen",
            ExpressionAttributeValues = revision == 0 ? null : new(StringComparer.Ordinal) { [":seen"] = Attr.N(revision) },
        };
        var put = new Put { TableName = _table, Item = ToItem(version) };
        try
        {
            await database.Client.TransactWriteItemsAsync(
                new TransactWriteItemsRequest { TransactItems = [new() { Put = head }, new() { Put = put }] }, ct);
            return true;
        }
        catch (TransactionCanceledException exception) when (
            exception.CancellationReasons?.Exists(reason => reason.Code is "ConditionalCheckFailed" or "TransactionConflict") == true)
        {
            return false;
        }
    }

    private static Dictionary<string, AttributeValue> ToItem(TermsVersion version) => new ItemWriter()
        .Set(Product, version.Product.ToString())
        .Set(Item, version.Number.ToString("D10", CultureInfo.InvariantCulture))
        .Set("number", (long)version.Number)
        .Set("day_count", version.Terms.DayCount)
        .SetList("tiers", version.Terms.Tiers.Select(tier => new AttributeValue
        {
            M = new ItemWriter().Set("from", (decimal?)tier.From).Set("rate", (decimal?)tier.Rate).ToItem(),
        }))
        .Set("monthly_fee", (decimal?)version.Terms.Fees.Monthly)
        .Set("waived_from", version.Terms.Fees.WaivedFrom)
        .Set("movement_fee", (decimal?)version.Terms.Fees.PerMovement)
        .Set("free_movements", (long)version.Terms.Fees.FreeMovements)
        .Set("applies_from", (DateOnly?)version.From)
        .Set("correction", (bool?)version.IsCorrection)
        .Set("reason", version.Reason)
        .Set("state", version.State)
        .Set("maker_id", version.MakerId)
        .Set("made_at", (DateTimeOffset?)version.MadeAt)
        .Set("decider_id", version.DeciderId)
        .Set("decided_at", version.DecidedAt)
        .Set("comment", version.Comment)
        .Set("sequence", (long)version.Sequence)
        .ToItem();

    private static TermsVersion ToVersion(AccountType product, ItemReader row) => new()
    {
        Product = product,
        Number = row.Int("number"),
        Terms = new ProductTerms(
            row.Enum<DayCount>("day_count"),
            [
                .. row.List("tiers").Select(value =>
                {
                    var tier = new ItemReader(value.M);
                    return new RateTier(tier.Decimal("from"), tier.Decimal("rate"));
                }),
            ],
            new FeeTerms
            {
                Monthly = row.Decimal("monthly_fee"),
                WaivedFrom = row.DecimalOrNull("waived_from"),
                PerMovement = row.Decimal("movement_fee"),
                FreeMovements = row.Int("free_movements"),
            }),
        From = row.Day("applies_from"),
        IsCorrection = row.Bool("correction"),
        Reason = row.String("reason"),
        State = row.Enum<TermsState>("state"),
        MakerId = row.String("maker_id"),
        MadeAt = row.Time("made_at"),
        DeciderId = row.StringOrNull("decider_id"),
        DecidedAt = row.TimeOrNull("decided_at"),
        Comment = row.StringOrNull("comment"),
        Sequence = row.Int("sequence"),
    };
}
