using System.Net.Mail;
using System.Security.Cryptography;
using BankPortal.Core.Common.Events;
using BankPortal.Core.Notifications.Delivery;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Notifications.Contacts;

/// <summary>
/// The signed-in person's own addresses for messages. A telephone number is proven by a code before anything else is sent to it; an e-mail
/// address by the link that the notification service sends. Adding and removing one needs a fresh second factor and is told to the
/// person as a security message. Nobody reads or changes another person's. Stateless, thread-safe.
/// </summary>
public sealed partial class ContactService(
    IContactStore store,
    IContactTopics topics,
    ContactKeeper keeper,
    IContactDirectory directory,
    IBankEvents events,
    StepUpPolicy stepUp,
    TimeProvider time,
    ILogger<ContactService> logger)
{
    /// <summary>How many codes and confirmations a person may ask for in a day, and how many an address may get from anybody.</summary>
    public const int MostConfirmations = 5;

    /// <summary>How often a code may be typed.</summary>
    public const int MostCodeTries = 5;

    /// <summary>How long a code can be used.</summary>
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(10);

    /// <summary>The page of the addresses.</summary>
    internal const string Page = "/notifications/settings";

    private const int CodeDigits = 6;
    private const int MaxAddressLength = 254;

    private static readonly TimeSpan BetweenCodes = TimeSpan.FromMinutes(1);

    // A page does not wait longer for the service.
    private static readonly TimeSpan PageWaits = TimeSpan.FromSeconds(5);

    /// <summary>The channels that addresses can be added of; none when the notification service is not configured.</summary>
    public ImmutableArray<DeliveryChannel> Offered => topics.Offered;

    /// <summary>Reads the actor's addresses and compares them with the service.</summary>
    public async Task<ContactOverview> GetAsync(Actor actor, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (Offered.IsEmpty)
        {
            return new ContactOverview([], null, null, true);
        }

        var (contacts, isChecked) = await ReadAsync(actor.UserId, ct);
        var sent = await store.FindCodeAsync(actor.UserId, ct);
        var person = Offered.Contains(DeliveryChannel.Email) ? await directory.FindAsync(actor.UserId, ct) : null;
        return new ContactOverview(
            [.. contacts.Where(contact => Offered.Contains(contact.Channel))],
            sent is not null && sent.ExpiresAt > time.GetUtcNow() ? sent : null,
            person?.Email,
            isChecked);
    }

    /// <summary>Sends a code to a telephone number. Needs a fresh second factor.</summary>
    /// <param name="actor">The person.</param>
    /// <param name="number">The number as typed.</param>
    /// <param name="country">The person's country, for national numbers; <see langword="null"/> when it is not known.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<Result<SentCode>> SendCodeAsync(Actor actor, string? number, string? country, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!Offered.Contains(DeliveryChannel.Sms))
        {
            return new NotAllowedError();
        }

        if (!PhoneNumber.TryNormalize(number, country, out var normalized))
        {
            return new InvalidInputError(
                "number", $"Enter a mobile number such as {PhoneNumber.Example(country)}, or begin with + and the country code.");
        }

        if (stepUp.Check(actor) is { IsSuccess: false } stale)
        {
            return stale.Error;
        }

        if (await store.FindAsync(actor.UserId, DeliveryChannel.Sms, ct) is { State: ContactState.Confirmed } known
            && known.Address == normalized)
        {
            return new ContactKnownError("number");
        }

        var now = time.GetUtcNow();
        if (await store.FindCodeAsync(actor.UserId, ct) is { } last && now - last.SentAt < BetweenCodes)
        {
            return new CodeJustSentError();
        }

        if (!await store.TryCountAsync(actor.UserId, normalized, MostConfirmations, now, ct))
        {
            return new TooManyConfirmationsError();
        }

        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString(CultureInfo.InvariantCulture).PadLeft(CodeDigits, '0');
        var sent = new SentCode(normalized, now, now + CodeLifetime);
        await store.SaveCodeAsync(actor.UserId, sent, code, ct);
        var minutes = CodeLifetime.TotalMinutes.ToString(CultureInfo.InvariantCulture);
        var text = $"BankPortal: {code} is your code to get messages at this number. It works for {minutes} minutes. "
            + "Never tell it to anybody. If you did not ask for it, ignore this message.";
        var answer = await AskAsync(async () => await topics.SendTextAsync(normalized, text, ct) ? Result.Success : new ContactRefusedError("number"), ct);
        if (!answer.IsSuccess)
        {
            await store.DeleteCodeAsync(actor.UserId, ct);
            return answer.Error;
        }

        return sent;
    }

    /// <summary>Confirms the number that a code was sent to; messages go there from now on.</summary>
    public async Task<Result<ContactPoint>> ConfirmCodeAsync(Actor actor, string? code, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var typed = string.Concat((code ?? "").Where(letter => !char.IsWhiteSpace(letter)));
        if (typed.Length != CodeDigits || !typed.All(char.IsAsciiDigit))
        {
            return new InvalidInputError("code", "Enter the six digits of the code.");
        }

        if (await store.TryCodeAsync(actor.UserId, typed, MostCodeTries, time.GetUtcNow(), ct) is not { } tried)
        {
            return new ContactCodeOverError();
        }

        if (!tried.IsRight)
        {
            return new WrongContactCodeError(tried.TriesLeft);
        }

        var added = await SubscribeAsync(actor, DeliveryChannel.Sms, tried.Number, "code", ct);
        if (added.IsSuccess)
        {
            await store.DeleteCodeAsync(actor.UserId, ct);
        }

        return added;
    }

    /// <summary>
    /// Adds an e-mail address; the service sends a link there that confirms it. For the address that waits already, sends the link again.
    /// Needs a fresh second factor.
    /// </summary>
    public async Task<Result<ContactPoint>> AddEmailAsync(Actor actor, string? address, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!Offered.Contains(DeliveryChannel.Email))
        {
            return new NotAllowedError();
        }

        var typed = (address ?? "").Trim();
        if (typed.Length > MaxAddressLength || !MailAddress.TryCreate(typed, out var parsed) || parsed.Address != typed)
        {
            return new InvalidInputError("email", "Enter an e-mail address such as name@example.com.");
        }

        if (stepUp.Check(actor) is { IsSuccess: false } stale)
        {
            return stale.Error;
        }

        if (await store.FindAsync(actor.UserId, DeliveryChannel.Email, ct) is { State: ContactState.Confirmed } known
            && known.Address == typed)
        {
            return new ContactKnownError("email");
        }

        return await store.TryCountAsync(actor.UserId, typed, MostConfirmations, time.GetUtcNow(), ct)
            ? await SubscribeAsync(actor, DeliveryChannel.Email, typed, "email", ct)
            : new TooManyConfirmationsError();
    }

    /// <summary>Removes the actor's address of a channel. Needs a fresh second factor.</summary>
    public async Task<Result> RemoveAsync(Actor actor, DeliveryChannel channel, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (stepUp.Check(actor) is { IsSuccess: false } stale)
        {
            return stale;
        }

        if (await store.FindAsync(actor.UserId, channel, ct) is not { } contact)
        {
            return Result.Success;
        }

        var answer = await AskAsync(
            async () =>
            {
                await topics.UnsubscribeAsync(contact.TopicId, channel, ct);
                return Result.Success;
            },
            ct);
        if (answer.IsSuccess)
        {
            await store.DeleteAsync(actor.UserId, channel, ct);
            await TellAsync(BankEventKinds.AlertAddressRemoved, contact, ct);
        }

        return answer;
    }

    private async Task<Result<ContactPoint>> SubscribeAsync(
        Actor actor, DeliveryChannel channel, string address, string field, CancellationToken ct)
    {
        (string TopicId, ContactState State)? subscribed = null;
        var answer = await AskAsync(
            async () =>
            {
                subscribed = await topics.SubscribeAsync(actor.UserId, channel, address, ct);
                return Result.Success;
            },
            ct);
        if (!answer.IsSuccess)
        {
            return answer.Error;
        }

        if (subscribed is not { } topic)
        {
            return new ContactRefusedError(field);
        }

        while (true)
        {
            var before = await store.FindAsync(actor.UserId, channel, ct);
            var now = time.GetUtcNow();
            var contact = new ContactPoint(actor.UserId, channel, address)
            {
                State = topic.State,
                TopicId = topic.TopicId,
                SubscribedAt = now,
                CheckedAt = now,
                Version = before?.Version ?? 0,
            };
            if (await store.TrySaveAsync(contact, ct) is { } saved)
            {
                if (before is not { State: not ContactState.Ended } || before.Address != address)
                {
                    await TellAsync(BankEventKinds.AlertAddressAdded, saved, ct);
                }

                return saved;
            }
        }
    }

    private async Task<(ImmutableArray<ContactPoint> Contacts, bool IsChecked)> ReadAsync(string personId, CancellationToken ct)
    {
        try
        {
            return (await keeper.RefreshAsync(personId, ct).WaitAsync(PageWaits, time, ct), true);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            NotAnswered(logger, exception);
            return (await store.ListAsync(personId, ct), false);
        }
    }

    private async Task<Result> AskAsync(Func<Task<Result>> ask, CancellationToken ct)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            NotAnswered(logger, exception);
            return new ContactServiceDownError();
        }
    }

    private Task TellAsync(string kind, ContactPoint contact, CancellationToken ct)
    {
        var version = contact.Version.ToString(CultureInfo.InvariantCulture);
        var now = time.GetUtcNow();
        var id = DerivedId.From(kind, contact.PersonId, contact.Channel.ToString(), version, now.ToString("O", CultureInfo.InvariantCulture));
        return events.RaiseAsync(
            BankEvent.Of(
                id,
                kind,
                contact.PersonId,
                now,
                ("channel", contact.Channel == DeliveryChannel.Sms ? "text message" : "e-mail"),
                ("address", contact.Masked)),
            ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The notification service did not answer")]
    private static partial void NotAnswered(ILogger logger, Exception exception);
}

/// <summary>A person's addresses.</summary>
/// <param name="Contacts">The addresses.</param>
/// <param name="Sent">The code that waits to be typed; <see langword="null"/> for none.</param>
/// <param name="SignInEmail">The address of the person's sign-in, as a proposal.</param>
/// <param name="IsChecked">Whether the states were compared with the service; otherwise they are those of the last time.</param>
public sealed record ContactOverview(ImmutableArray<ContactPoint> Contacts, SentCode? Sent, string? SignInEmail, bool IsChecked)
{
    /// <summary>The address of a channel; <see langword="null"/> when there is none.</summary>
    public ContactPoint? Of(DeliveryChannel channel) => Contacts.FirstOrDefault(contact => contact.Channel == channel);
}
