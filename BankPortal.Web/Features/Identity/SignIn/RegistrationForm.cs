namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>The registration form as sent.</summary>
public sealed class RegistrationForm
{
    public string? FullName { get; set; }

    public string? Email { get; set; }

    public string? Phone { get; set; }

    public string? Password { get; set; }

    public string? ConfirmPassword { get; set; }

    /// <summary>Checks what can be checked without looking at any state, field by field.</summary>
    public FieldErrors Check()
    {
        var errors = new FieldErrors();
        if (string.IsNullOrWhiteSpace(FullName))
        {
            errors.Add(nameof(FullName), "Enter your full name.");
        }
        else if (!PersonName.TryNormalize(FullName, out _))
        {
            errors.Add(nameof(FullName), FullName.Trim().Length > PersonName.MaxLength
                ? $"Use at most {PersonName.MaxLength} characters."
                : "Enter your name with letters, without digits or special characters.");
        }

        CheckEmail(errors, nameof(Email), Email);
        if (string.IsNullOrWhiteSpace(Phone))
        {
            errors.Add(nameof(Phone), "Enter your phone number.");
        }
        else if (!PhoneInput.TryNormalize(Phone, out _))
        {
            errors.Add(nameof(Phone), PhoneInput.Error);
        }

        CheckNewPassword(errors, Password, ConfirmPassword);
        return errors;
    }

    /// <summary>Checks an e-mail field.</summary>
    internal static void CheckEmail(FieldErrors errors, string field, string? email)
    {
        if (string.IsNullOrWhiteSpace(email))
        {
            errors.Add(field, "Enter your e-mail address.");
        }
        else if (!EmailInput.TryNormalize(email, out _))
        {
            errors.Add(field, "Enter an e-mail address such as name@example.com.");
        }
    }

    /// <summary>Checks a new password and its repetition.</summary>
    internal static void CheckNewPassword(FieldErrors errors, string? password, string? confirmation)
    {
        if (PasswordRule.FirstProblem(password) is { } problem)
        {
            errors.Add(nameof(Password), problem);
        }
        else if (string.IsNullOrEmpty(confirmation))
        {
            errors.Add(nameof(ConfirmPassword), "Enter the password once more.");
        }
        else if (!string.Equals(password, confirmation, StringComparison.Ordinal))
        {
            errors.Add(nameof(ConfirmPassword), "The two passwords are not the same.");
        }
    }
}
