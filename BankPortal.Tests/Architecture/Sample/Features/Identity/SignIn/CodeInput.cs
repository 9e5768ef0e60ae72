namespace BankPortal.Tests.Architecture.Sample.Features.Identity.SignIn;

/// <summary>A helper of the sign-in pages: no other module may use it.</summary>
internal static class CodeInput
{
    public static string Clean(string typed) => typed.Trim();
}
