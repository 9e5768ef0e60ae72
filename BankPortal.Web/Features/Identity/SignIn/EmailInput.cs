using System.Net.Mail;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>E-mail addresses as typed.</summary>
public static class EmailInput
{
    /// <summary>The longest address of RFC 5321.</summary>
    public const int MaxLength = 254;

    /// <summary>The trimmed address when it looks like one: something, an at sign, a host name with a dot.</summary>
    public static bool TryNormalize(string? input, out string email)
    {
        email = input?.Trim() ?? "";
        return email.Length is > 0 and <= MaxLength
            && email.All(c =>
                !char.IsControl(c) && !char.IsWhiteSpace(c) && c is not ('<' or '>' or '"' or '(' or ')' or ',' or ';' or ':')
            )
            && MailAddress.TryCreate(email, out var address)
            && string.Equals(address.Address, email, StringComparison.Ordinal)
            && HasPlainHost(address.Host);
    }

    private static bool HasPlainHost(string host) =>
        host.Contains('.', StringComparison.Ordinal)
        && host.Split('.')
            .All(label =>
                label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsLetterOrDigit(c) || c == '-')
            );
}
