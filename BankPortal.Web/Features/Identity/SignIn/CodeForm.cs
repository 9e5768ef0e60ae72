namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>A form with one code.</summary>
public sealed class CodeForm
{
    public string? Code { get; set; }
}
