using BankPortal.Core.Fraud.Live;

namespace BankPortal.Web.Features.Fraud.Live;

/// <summary>
/// Tells people who use a screen reader now and then what happened, in one sentence: reading every row aloud would never
/// end. Not thread-safe.
/// </summary>
internal sealed class LiveAnnouncer
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    private DateTimeOffset _announcedAt;
    private int _events;
    private int _flagged;

    /// <summary>The latest sentence; empty at first.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Waits a full pause from now on.</summary>
    public void Start(DateTimeOffset now) => _announcedAt = now;

    /// <summary>Counts what arrived.</summary>
    public void Add(LiveListUpdate update)
    {
        _events += update.Events;
        _flagged += update.Flagged;
    }

    /// <summary>Changes <see cref="Text"/> if the pause is over and something happened.</summary>
    public void Announce(LiveFrame frame)
    {
        if (frame.At - _announcedAt < Pause || _events == 0)
        {
            return;
        }

        var flagged = _flagged == 0 ? "none" : LiveText.Number(_flagged);
        Text = $"{LiveText.Number(_events)} new {(_events == 1 ? "transaction" : "transactions")}, {flagged} flagged. "
            + $"{LiveText.HeldCount(frame)} waiting for a decision.";
        (_announcedAt, _events, _flagged) = (frame.At, 0, 0);
    }
}
