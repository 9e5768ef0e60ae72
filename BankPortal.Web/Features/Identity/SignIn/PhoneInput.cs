namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>Reads the phone field of a form. A national number belongs to the country of the visitor's culture.</summary>
internal static class PhoneInput
{
    /// <summary>The hint under the field, with an example that fits the visitor's country.</summary>
    public static string Hint => $"Such as {PhoneNumber.Example(Country)}. From another country, begin with + and the country code.";

    /// <summary>The sentence for a field that holds no telephone number.</summary>
    public static string Error => $"Enter a phone number such as {PhoneNumber.Example(Country)}, or begin with + and the country code.";

    private static string? Country => PhoneNumber.CountryOf(CultureInfo.CurrentCulture);

    /// <summary>Converts the field's text into the international form; <see langword="false"/> when it is not a telephone number.</summary>
    public static bool TryNormalize(string? text, out string normalized) => PhoneNumber.TryNormalize(text, Country, out normalized);
}
