using BankPortal.Core.Fraud.Desk;

namespace BankPortal.Web.Features.Fraud.Desk;

/// <summary>A customer as the fraud desk sees them; blocking the sign-in and putting them on lists is done here.</summary>
public sealed partial class CustomerFilePage
{
    private CustomerFile? _file;
    private LinkGraph? _graph;
    private string? _graphReference;
    private bool _refused;
    private Asking _asking;

    private enum Asking
    {
        Nothing,
        Block,
        Unblock,
        List,
    }

    [Inject]
    public required ActorProvider Actors { get; init; }

    [Inject]
    public required FraudFiles Files { get; init; }

    [Inject]
    public required LinkGraphService Links { get; init; }

    [Inject]
    public required SignInBlocks Blocks { get; init; }

    [Inject]
    public required StaffActions Acts { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    /// <summary>The customer's user id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    protected override object? LoadKey => Id;

    private StaffActionRecord? BlockedBy => _file?.Actions.FirstOrDefault(act => act.Record.Action == "customer.block-sign-in");

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var id = Id;
        if (_file?.Access.UserId != id)
        {
            _file = null;
            _graph = null;
            _graphReference = null;
        }

        var found = await Files.CustomerAsync(await Actors.GetAsync(ct), id, ct);
        if (id != Id)
        {
            return;
        }

        _file = found.IsSuccess ? found.Value : null;
        _refused = found.Error is NotAllowedError;
        if (_file is not null && _graph is null)
        {
            // Drawn when it is there; the rest of the page does not wait for it.
            _ = InvokeAsync(ReadGraphAsync);
        }
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    private async Task ReadGraphAsync()
    {
        var id = Id;
        _graphReference = null;
        try
        {
            var built = await Links.BuildAsync(await Actors.GetAsync(Gone), id, Gone);
            if (id == Id && built.IsSuccess)
            {
                _graph = built.Value;
            }
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            return;
        }
        catch (SessionOverException)
        {
            // The tab is being sent to the sign-in page.
            return;
        }
#pragma warning disable CA1031 // Whatever fails is said where the person looks, with a reference into the log.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _graphReference = UnexpectedError.Log(LoggerFactory.CreateLogger<CustomerFilePage>(), exception).Reference;
        }

        StateHasChanged();
    }

    private void Closed(bool open)
    {
        if (!open)
        {
            _asking = Asking.Nothing;
        }
    }

    private Task ChangedAsync() => ReloadAsync(quietly: true);

    private Task<Error?> BlockAsync(string reason) => ChangeAsync("Sign-in blocked", (actor, id) => Blocks.BlockAsync(actor, id, reason, CancellationToken.None));

    private Task<Error?> UnblockAsync(string reason) => ChangeAsync("Block lifted", (actor, id) => Blocks.UnblockAsync(actor, id, reason, CancellationToken.None));

    private async Task<Error?> ChangeAsync(string done, Func<Actor, string, Task<Result<CustomerAccess>>> change)
    {
        if (_file is not { } file)
        {
            return null;
        }

        var refusal = await Acts.DoAsync(actor => change(actor, file.Access.UserId));
        if (refusal is null)
        {
            Toasts.Done(done, file.Access.Name);
            await ReloadAsync(quietly: true);
        }

        return refusal;
    }
}
