using System.Security.Cryptography;
using System.Text;
using Amazon.DynamoDBv2.Model;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>
/// Creates the first administrator: the person who has confirmed the configured e-mail address, or presents the one-time setup token.
/// Works once per database; one transaction writes the role and the record that it is done. Thread-safe.
/// </summary>
public sealed partial class FirstAdmin
{
    private readonly DynamoUserStore _store;
    private readonly UserRows _rows;
    private readonly ILookupNormalizer _normalizer;
    private readonly FirstAdminOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<FirstAdmin> _logger;

    internal FirstAdmin(
        DynamoUserStore store,
        UserRows rows,
        ILookupNormalizer normalizer,
        IOptions<BankIdentityOptions> options,
        TimeProvider time,
        ILogger<FirstAdmin> logger)
    {
        _store = store;
        _rows = rows;
        _normalizer = normalizer;
        _options = options.Value.FirstAdmin;
        _time = time;
        _logger = logger;
    }

    /// <summary>Whether a setup token is configured, so that a page to enter it makes sense.</summary>
    public bool HasSetupToken => _options.SetupToken is { Length: > 0 };

    /// <summary>
    /// Gives the role when the user has the configured, confirmed address and there is no first administrator yet. Called at every
    /// sign-in; cheap for everybody else. The role takes effect at the next sign-in.
    /// </summary>
    public async Task<bool> ClaimByEmailAsync(BankUser user, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        return _options.Email is { Length: > 0 } email
            && user.EmailConfirmed
            && string.Equals(_normalizer.NormalizeEmail(email.Trim()), user.NormalizedEmail, StringComparison.Ordinal)
            && await GrantAsync(user, ct);
    }

    /// <summary>Gives the role in exchange for the setup token; works once.</summary>
    public async Task<bool> ClaimByTokenAsync(BankUser user, string token, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(token);
        return _options.SetupToken is { Length: > 0 } expected
            && CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(Encoding.UTF8.GetBytes(token.Trim())), SHA256.HashData(Encoding.UTF8.GetBytes(expected)))
            && await GrantAsync(user, ct);
    }

    private async Task<bool> GrantAsync(BankUser user, CancellationToken ct)
    {
        if (user.Roles.Contains(BankRoles.Admin) || await _rows.GetAsync(UserRows.FirstAdminMark, ct) is not null)
        {
            return false;
        }

        user.Roles.Add(BankRoles.Admin);
        var mark = new TransactWriteItem
        {
            Put = new Put
            {
                TableName = _rows.Table,
                Item = new ItemWriter()
                    .Set("user_id", UserRows.FirstAdminMark)
                    .Set("owner", user.Id)
                    .Set("created_at", _time.GetUtcNow())
                    .ToItem(),
                ConditionExpression = "attribute_not_exists(user_id)",
            },
        };
        if (!(await _store.UpdateAsync(user, mark, ct)).Succeeded)
        {
            user.Roles.Remove(BankRoles.Admin);
            return false;
        }

        FirstAdminMade(_logger, user.Id);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "User {UserId} became the first administrator.")]
    private static partial void FirstAdminMade(ILogger logger, string userId);
}
