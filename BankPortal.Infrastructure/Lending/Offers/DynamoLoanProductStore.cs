using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Lending.Offers;
using BankPortal.Core.Lending.Schedules;

namespace BankPortal.Infrastructure.Lending.Offers;

/// <summary>Stores the kinds of loans in DynamoDB. Thread-safe.</summary>
public sealed class DynamoLoanProductStore(DynamoDatabase database) : ILoanProductStore
{
    private const string Part = "part";
    private const string All = "products";

    private readonly string _table = database.TableName(LendingTables.Products);

    /// <inheritdoc/>
    public async Task<ImmutableArray<LoanProduct>> ListAsync(CancellationToken ct = default)
    {
        var products = ImmutableArray.CreateBuilder<LoanProduct>();
        var request = new QueryRequest
        {
            TableName = _table,
            KeyConditionExpression = $"{Part} = :part",
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":part"] = Attr.S(All) },
            ConsistentRead = true,
        };
        do
        {
            var response = await database.Client.QueryAsync(request, ct);
            products.AddRange((response.Items ?? []).Select(item => ToProduct(new ItemReader(item))));
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return products.ToImmutable();
    }

    /// <inheritdoc/>
    public async Task<bool> TryWriteAsync(LoanProduct product, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(product);
        var isNew = product.Version == 1;
        try
        {
            await database.Client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = _table,
                    Item = ToItem(product),
                    ConditionExpression = isNew ? $"attribute_not_exists({Part})" : "version = :seen",
                    ExpressionAttributeValues = isNew
                        ? null
                        : new(StringComparer.Ordinal) { [":seen"] = Attr.N(product.Version - 1) },
                },
                ct);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    private static Dictionary<string, AttributeValue> ToItem(LoanProduct product) => new ItemWriter()
        .Set(Part, All)
        .Set("code", product.Code)
        .Set("name", product.Name)
        .Set("description", product.Description.Length == 0 ? null : product.Description)
        .Set("rate", (decimal?)product.Rate)
        .Set("method", product.Method)
        .Set("min_amount", (decimal?)product.MinAmount)
        .Set("max_amount", (decimal?)product.MaxAmount)
        .Set("min_months", (long?)product.MinMonths)
        .Set("max_months", (long?)product.MaxMonths)
        .Set("arrangement_fee", (decimal?)product.ArrangementFee)
        .Set("late_fee", (decimal?)product.LateFee)
        .Set("grace_days", (long?)product.GraceDays)
        .Set("is_offered", (bool?)product.IsOffered)
        .Set("version", (long?)product.Version)
        .ToItem();

    private static LoanProduct ToProduct(ItemReader row) => new()
    {
        Code = row.String("code"),
        Name = row.String("name"),
        Description = row.StringOrNull("description") ?? "",
        Rate = row.Decimal("rate"),
        Method = row.Enum<RepaymentMethod>("method"),
        MinAmount = row.Decimal("min_amount"),
        MaxAmount = row.Decimal("max_amount"),
        MinMonths = row.Int("min_months"),
        MaxMonths = row.Int("max_months"),
        ArrangementFee = row.Decimal("arrangement_fee"),
        LateFee = row.Decimal("late_fee"),
        GraceDays = row.Int("grace_days"),
        IsOffered = row.Bool("is_offered"),
        Version = row.Long("version"),
    };
}
