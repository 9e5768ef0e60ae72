using BankPortal.Core.Identity.Confirmations;
using BankPortal.Core.Ledger.Payees;

namespace BankPortal.Web.Features.Ledger.Transfers;

/// <summary>A reviewed transfer that waits for the person's confirmation, and what they have to confirm besides. Not thread-safe.</summary>
/// <param name="review">What the bank found.</param>
/// <param name="toConfirm">What has to be confirmed by a second factor; <see langword="null"/> for nothing.</param>
/// <param name="isCodeMissing">Whether it is not confirmed yet.</param>
public sealed class TransferConfirmation(TransferReview review, PaymentToConfirm? toConfirm, bool isCodeMissing)
{
    /// <summary>The field that confirms a name that does not match.</summary>
    public const string NameField = "name-confirmed";

    /// <summary>The field that confirms sending the same again.</summary>
    public const string DuplicateField = "duplicate-confirmed";

    /// <summary>What the bank found.</summary>
    public TransferReview Review => review;

    /// <summary>What has to be confirmed by a second factor before it is sent; <see langword="null"/> for nothing.</summary>
    public PaymentToConfirm? ToConfirm { get; private set; } = toConfirm;

    /// <summary>Whether the second factor is asked for first.</summary>
    public bool IsCodeMissing { get; private set; } = isCodeMissing;

    /// <summary>Whether this very payment was confirmed by a second factor.</summary>
    public bool IsConfirmedByCode => ToConfirm is not null && !IsCodeMissing;

    /// <summary>When the same was sent before; <see langword="null"/> if it was not.</summary>
    public DateTimeOffset? DuplicateAt { get; private set; } = review.DuplicateOf;

    /// <summary>Whether the name has to be confirmed.</summary>
    public bool NeedsName => review.NameMatch is NameMatch.CloseMatch or NameMatch.NoMatch;

    /// <summary>Whether the person has confirmed the name.</summary>
    public bool IsNameConfirmed { get; private set; }

    /// <summary>Whether the person has confirmed sending the same again.</summary>
    public bool IsDuplicateConfirmed { get; private set; }

    /// <summary>What is wrong with the fields of the review.</summary>
    public FieldErrors Errors { get; } = new();

    /// <summary>Confirms the name, or takes that back.</summary>
    public void ConfirmName(bool confirmed)
    {
        IsNameConfirmed = confirmed;
        Errors[NameField] = null;
    }

    /// <summary>Confirms sending the same again, or takes that back.</summary>
    public void ConfirmDuplicate(bool confirmed)
    {
        IsDuplicateConfirmed = confirmed;
        Errors[DuplicateField] = null;
    }

    /// <summary>Checks that everything is confirmed, and shows what is not.</summary>
    public bool Check()
    {
        Errors[NameField] = NeedsName && !IsNameConfirmed ? "Tick this if you are sure, or change the details." : null;
        Errors[DuplicateField] = DuplicateAt is not null && !IsDuplicateConfirmed ? "Tick this if you want to send it again." : null;
        return !Errors.Any;
    }

    /// <summary>Whether the review answers a refusal itself, by asking for a confirmation.</summary>
    public bool TakeRefusal(Error error)
    {
        if (error is PaymentNotConfirmedError { Payment: var payment })
        {
            (ToConfirm, IsCodeMissing) = (payment, true);
        }

        if (error is not LikelyDuplicateError duplicate)
        {
            return false;
        }

        DuplicateAt = duplicate.At;
        IsDuplicateConfirmed = false;
        return true;
    }
}
