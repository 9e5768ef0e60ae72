using Microsoft.AspNetCore.WebUtilities;

namespace BankPortal.Web.Features.Identity.Access;

/// <summary>
/// Asks staff for a fresh second factor before they act on other people's money or access. One proof covers
/// <see cref="SessionOptions.SecondFactorFresh"/>, so staff are asked once in that time and not for each action. The page for the code is a
/// static form: the tab goes there and comes back with the action in its address, and the page opens the same dialog. Scoped to a circuit.
/// </summary>
public sealed class StaffStepUp(ActorProvider actors, StepUpPolicy policy, NavigationManager navigation)
{
    /// <summary>The parameter of an address that names the action to go on with.</summary>
    public const string ActionParameter = "do";

    /// <summary>The parameter of an address that names what the action is about, on pages that show several things.</summary>
    public const string ItemParameter = "item";

    private string? _returnTo;
    private string? _resumed;

    /// <summary>
    /// Whether the person may go on with an action: their proof is fresh. If it is not, the tab goes to the page that asks for the code.
    /// Call it before the dialog of the action is opened.
    /// </summary>
    /// <param name="action">The action, as <see cref="ResumeAsync"/> gives it back.</param>
    /// <param name="item">What it is about, if the page shows several things.</param>
    public async Task<bool> IsReadyAsync<TAction>(TAction action, string? item = null)
        where TAction : struct, Enum
    {
        _returnTo = AddressOf(action.ToString(), item);
        if (await actors.FindAsync() is { } actor && policy.IsFresh(actor))
        {
            return true;
        }

        Ask();
        return false;
    }

    /// <summary>Asks for the code when a command was refused because the proof became too old while the dialog was open.</summary>
    public void AskIfStale(Error? refusal)
    {
        if (refusal is SecondFactorStaleError)
        {
            Ask();
        }
    }

    /// <summary>
    /// The action that the person chose before they gave the code, once for each visit; <see langword="null"/> when there is none or
    /// the proof is not fresh. The page checks that the action is still possible.
    /// </summary>
    public async Task<(TAction Action, string? Item)?> ResumeAsync<TAction>()
        where TAction : struct, Enum
    {
        var address = navigation.Uri;
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        if (_resumed == address
            || !query.TryGetValue(ActionParameter, out var name)
            || !Enum.TryParse<TAction>(name, ignoreCase: true, out var action)
            || !Enum.IsDefined(action)
            || await actors.FindAsync() is not { } actor
            || !policy.IsFresh(actor))
        {
            return null;
        }

        string? item = query.GetValueOrDefault(ItemParameter);
        _resumed = address;
        _returnTo = AddressOf(action.ToString(), item);
        return (action, item);
    }

    private void Ask() => navigation.NavigateTo(IdentityRoutes.VerifyThen(_returnTo ?? AddressOf(null, null)), forceLoad: true);

    private string AddressOf(string? action, string? item) => "/" + navigation.ToBaseRelativePath(
        navigation.GetUriWithQueryParameters(
            new Dictionary<string, object?>(StringComparer.Ordinal) { [ActionParameter] = action, [ItemParameter] = item }));
}
