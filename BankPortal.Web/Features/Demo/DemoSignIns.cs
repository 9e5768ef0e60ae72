namespace BankPortal.Web.Features.Demo;

/// <summary>The demonstration's sign-ins, for the line printed at start and for the page that shows the current codes.</summary>
internal sealed class DemoSignIns : IStartupNote
{
    /// <summary>Everybody; empty until loaded.</summary>
    public ImmutableArray<DemoSignIn> All { get; private set; } = [];

    public void Set(IEnumerable<DemoSignIn> signIns) => All = [.. signIns];

    public IEnumerable<string> Lines()
    {
        if (All.IsEmpty)
        {
            yield break;
        }

        yield return "";
        yield return $"Demo sign-ins (password of all: {DemoPerson.Password}; current codes at /dev/sign-ins):";
        foreach (var signIn in All)
        {
            yield return $"  {signIn.Role,-10}  {signIn.Email,-32}  authenticator key {signIn.AuthenticatorKey}";
        }

        yield return "";
    }
}
