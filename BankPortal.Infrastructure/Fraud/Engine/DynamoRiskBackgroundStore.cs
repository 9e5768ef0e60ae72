using Amazon.DynamoDBv2.Model;
using BankPortal.Infrastructure.Fraud.Lists;
using BankPortal.Infrastructure.Identity;
using BankPortal.Infrastructure.Ledger;
using BankPortal.Infrastructure.Ledger.Payees;

namespace BankPortal.Infrastructure.Fraud.Engine;

/// <summary>Reads the background of an order from three tables in one request. Thread-safe.</summary>
public sealed class DynamoRiskBackgroundStore(DynamoDatabase database) : IRiskBackgroundStore
{
    private readonly string _payees = database.TableName(LedgerTables.Payees);
    private readonly string _users = database.TableName(IdentityTables.Users);
    private readonly string _lists = database.TableName(FraudTables.Lists);

    /// <inheritdoc/>
    public async Task<RiskBackground> ReadAsync(TransferOrder order, DateTimeOffset now, CancellationToken ct = default)
    {
        var customer = order.Actor.UserId;
        var subjects = new[] { order.DebitAccountId, order.CreditAccountId, customer }
            .Where(id => !GeneralLedger.IsInternal(id))
            .Distinct(StringComparer.Ordinal);
        var request = new Dictionary<string, KeysAndAttributes>(StringComparer.Ordinal)
        {
            [_users] = new()
            {
                Keys = [new(StringComparer.Ordinal) { ["user_id"] = Attr.S(customer) }],
                ConsistentRead = true,
                ProjectionExpression = $"user_id, {BankUserMapper.SecurityChangedAt}",
            },
            [_lists] = new()
            {
                Keys =
                [
                    .. subjects.Select(subject =>
                        new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["subject_id"] = Attr.S(subject) }),
                ],
                ConsistentRead = true,
            },
        };
        if (order.Kind == TransferKind.Transfer)
        {
            request[_payees] = new() { Keys = [DynamoPayeeStore.KeyOf(customer, order.CreditAccountId)], ConsistentRead = true };
        }

        var found = await Batch.GetAsync(database.Client, request, ct);
        return new RiskBackground
        {
            IsAssessed = true,
            PayeeSince = found.GetValueOrDefault(_payees) is [var payee, ..] ? new ItemReader(payee).TimeOrNull("first_paid_at") : null,
            SecurityChangedAt = found[_users] is [var user, ..] ? new ItemReader(user).TimeOrNull(BankUserMapper.SecurityChangedAt) : null,
            Lists = [.. found[_lists].SelectMany(row => ListsOf(new ItemReader(row), order, now))],
        };
    }

    // The trusted list applies to the receiver only; the other lists apply to either side.
    private static IEnumerable<string> ListsOf(ItemReader row, TransferOrder order, DateTimeOffset now) =>
        RiskLists.All.Where(list =>
            row.TimeOrNull(RiskListItems.Until(list)) > now
            && (list != RiskLists.Trusted || row.String("subject_id") == order.CreditAccountId));
}
