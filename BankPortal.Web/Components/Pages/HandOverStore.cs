using System.Buffers.Text;
using System.Security.Cryptography;

namespace BankPortal.Web.Components.Pages;

/// <summary>
/// Keeps what pages read for the first response until their circuit takes it, in the memory of this node. The page itself
/// carries a random token and nothing else. A content is given once, within <see cref="Life"/>, to the same person, session,
/// page, address and time zone; whoever gets none reads again. Thread-safe.
/// </summary>
internal sealed class HandOverStore(TimeProvider time) : IDisposable
{
    /// <summary>How long a content is kept.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    /// <summary>The most contents kept in all. The oldest is dropped for a new one.</summary>
    public const int Most = 200;

    /// <summary>The most contents kept for one session, so that nobody crowds out others by loading pages without end.</summary>
    public const int MostOfSession = 4;

    private const int TokenBytes = 32;

    private readonly Lock _gate = new();

    // Oldest first; all have the same life.
    private readonly LinkedList<Entry> _entries = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byToken = new(StringComparer.Ordinal);
    private ITimer? _sweep;

    /// <summary>How many contents are kept now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Keeps a content. The store owns its watch until somebody takes it.</summary>
    /// <returns>The token that <see cref="Take"/> asks for.</returns>
    public string Put(HandOverKey key, HandOver content)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        List<HandOver> dropped = [];
        lock (_gate)
        {
            DropExpired(dropped);
            var own = _entries.Where(entry => entry.Key.Owner == key.Owner).ToList();
            foreach (var entry in own.Take(own.Count - MostOfSession + 1))
            {
                dropped.Add(Remove(_byToken[entry.Token]));
            }

            if (_entries.Count >= Most)
            {
                dropped.Add(Remove(_entries.First!));
            }

            _byToken[token] = _entries.AddLast(new Entry(token, key, content, time.GetUtcNow() + Life));
            _sweep ??= time.CreateTimer(static store => ((HandOverStore)store!).Sweep(), this, Life, Timeout.InfiniteTimeSpan);
        }

        Dispose(dropped);
        return token;
    }

    /// <summary>
    /// Gives the content of a token and forgets it; <see langword="null"/> when there is none, it is too old, or the key is
    /// another. A token that comes with a wrong key is forgotten too. The caller disposes the watch.
    /// </summary>
    public HandOver? Take(string token, HandOverKey key)
    {
        HandOver content;
        lock (_gate)
        {
            if (!_byToken.TryGetValue(token, out var node))
            {
                return null;
            }

            content = Remove(node);
            if (node.Value.Key == key && time.GetUtcNow() < node.Value.EndsAt)
            {
                return content;
            }
        }

        content.Watch.Dispose();
        return null;
    }

    public void Dispose()
    {
        List<HandOver> dropped;
        lock (_gate)
        {
            dropped = [.. _entries.Select(entry => entry.Content)];
            _entries.Clear();
            _byToken.Clear();
            _sweep?.Dispose();
            _sweep = null;
        }

        Dispose(dropped);
    }

    private static void Dispose(List<HandOver> dropped)
    {
        foreach (var content in dropped)
        {
            content.Watch.Dispose();
        }
    }

    private void Sweep()
    {
        List<HandOver> dropped = [];
        lock (_gate)
        {
            DropExpired(dropped);
            if (_entries.First is { Value: var oldest })
            {
                _sweep?.Change(oldest.EndsAt - time.GetUtcNow(), Timeout.InfiniteTimeSpan);
            }
            else
            {
                _sweep?.Dispose();
                _sweep = null;
            }
        }

        Dispose(dropped);
    }

    private void DropExpired(List<HandOver> dropped)
    {
        var now = time.GetUtcNow();
        while (_entries.First is { } oldest && oldest.Value.EndsAt <= now)
        {
            dropped.Add(Remove(oldest));
        }
    }

    private HandOver Remove(LinkedListNode<Entry> node)
    {
        _entries.Remove(node);
        _byToken.Remove(node.Value.Token);
        return node.Value.Content;
    }

    private sealed record Entry(string Token, HandOverKey Key, HandOver Content, DateTimeOffset EndsAt);
}
