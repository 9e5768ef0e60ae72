using BankPortal.Core.Notifications.Contacts;
using BankPortal.Core.Notifications.Delivery;

namespace BankPortal.Tests.Fakes;

/// <summary>Addresses, codes and counts in memory.</summary>
public sealed class InMemoryContacts : IContactStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Person, DeliveryChannel Channel), ContactPoint> _contacts = [];
    private readonly Dictionary<string, (SentCode Sent, string Code, int Tries)> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public Task<ImmutableArray<ContactPoint>> ListAsync(string personId, CancellationToken ct = default)
    {
        lock (_gate)
        {
            return Task.FromResult<ImmutableArray<ContactPoint>>(
                [.. _contacts.Values.Where(contact => contact.PersonId == personId).OrderBy(contact => contact.Channel)]);
        }
    }

    public Task<ContactPoint?> FindAsync(string personId, DeliveryChannel channel, CancellationToken ct = default)
    {
        lock (_gate)
        {
            return Task.FromResult(_contacts.GetValueOrDefault((personId, channel)));
        }
    }

    public Task<ContactPoint?> TrySaveAsync(ContactPoint contact, CancellationToken ct = default)
    {
        lock (_gate)
        {
            var key = (contact.PersonId, contact.Channel);
            if ((_contacts.GetValueOrDefault(key)?.Version ?? 0) != contact.Version)
            {
                return Task.FromResult<ContactPoint?>(null);
            }

            return Task.FromResult<ContactPoint?>(_contacts[key] = contact with { Version = contact.Version + 1 });
        }
    }

    public Task DeleteAsync(string personId, DeliveryChannel channel, CancellationToken ct = default)
    {
        lock (_gate)
        {
            _contacts.Remove((personId, channel));
            return Task.CompletedTask;
        }
    }

    public Task<bool> TryCountAsync(string personId, string address, int most, DateTimeOffset at, CancellationToken ct = default)
    {
        lock (_gate)
        {
            string[] keys = [$"{personId} {at.UtcDateTime.Date:O}", $"{address} {at.UtcDateTime.Date:O}"];
            if (keys.Any(key => _counts.GetValueOrDefault(key) >= most))
            {
                return Task.FromResult(false);
            }

            foreach (var key in keys)
            {
                _counts[key] = _counts.GetValueOrDefault(key) + 1;
            }

            return Task.FromResult(true);
        }
    }

    public Task SaveCodeAsync(string personId, SentCode sent, string code, CancellationToken ct = default)
    {
        lock (_gate)
        {
            _codes[personId] = (sent, code, 0);
            return Task.CompletedTask;
        }
    }

    public Task<SentCode?> FindCodeAsync(string personId, CancellationToken ct = default)
    {
        lock (_gate)
        {
            return Task.FromResult(_codes.TryGetValue(personId, out var stored) ? stored.Sent : null);
        }
    }

    public Task<CodeTry?> TryCodeAsync(string personId, string code, int most, DateTimeOffset at, CancellationToken ct = default)
    {
        lock (_gate)
        {
            if (!_codes.TryGetValue(personId, out var stored) || stored.Tries >= most || stored.Sent.ExpiresAt <= at)
            {
                return Task.FromResult<CodeTry?>(null);
            }

            _codes[personId] = stored with { Tries = stored.Tries + 1 };
            return Task.FromResult<CodeTry?>(new CodeTry(stored.Sent.Number, stored.Code == code, most - stored.Tries - 1));
        }
    }

    public Task DeleteCodeAsync(string personId, CancellationToken ct = default)
    {
        lock (_gate)
        {
            _codes.Remove(personId);
            return Task.CompletedTask;
        }
    }
}
