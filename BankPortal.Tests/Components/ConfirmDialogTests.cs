using BankPortal.Web.Components.Controls;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using MudBlazor.Services;

namespace BankPortal.Tests.Components;

[UnitTest]
public sealed class ConfirmDialogTests : BunitContext
{
    private readonly IRenderedComponent<BankProviders> _overlays;
    private IRenderedComponent<ConfirmDialog>? _dialog;

    public ConfirmDialogTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddScoped<ComponentLibrary>();
        _overlays = Render<BankProviders>();
    }

    [Fact]
    public async Task ConfirmDialog_ConfirmedTwiceWhileBusy_ActsOnceAndCloses()
    {
        var acts = 0;
        var open = true;
        var finish = new TaskCompletionSource();
        var dialog = RenderDialog(
            () =>
            {
                acts++;
                return finish.Task;
            },
            value => open = value);

        var first = dialog.Find(".btn-danger").ClickAsync();
        var second = dialog.Find(".btn-danger").ClickAsync();
        finish.SetResult();
        await first;
        await second;

        Assert.Equal(1, acts);
        Assert.False(open);
    }

    [Fact]
    public void ConfirmDialog_Cancelled_ClosesWithoutActing()
    {
        var acts = 0;
        var open = true;
        var dialog = RenderDialog(
            () =>
            {
                acts++;
                return Task.CompletedTask;
            },
            value => open = value);

        dialog.Find(".btn-quiet").Click();

        Assert.Equal(0, acts);
        Assert.False(open);
    }

    [Fact]
    public void ConfirmDialog_Dangerous_GivesTheFocusToCancel()
    {
        var dialog = RenderDialog(() => Task.CompletedTask, _ => { });

        Assert.True(dialog.Find(".btn-quiet").HasAttribute("autofocus"));
        Assert.False(dialog.Find(".btn-danger").HasAttribute("autofocus"));
    }

    [Fact]
    public async Task ConfirmDialog_Escape_ClosesUnlessItIsBusy()
    {
        var open = true;
        var finish = new TaskCompletionSource();
        var dialog = RenderDialog(() => finish.Task, value => open = value);

        Assert.True(Shown.Options.CloseOnEscapeKey);
        var acting = dialog.Find(".btn-danger").ClickAsync();
        Assert.False(Shown.Options.CloseOnEscapeKey);
        Assert.True(open);

        finish.SetResult();
        await acting;
        Assert.False(open);
    }

    [Fact]
    public void ConfirmDialog_Refused_StaysOpenWithTheReason()
    {
        var dialog = RenderDialog(() => Task.CompletedTask, _ => { });
        _dialog!.Render(parameters => parameters.Add(p => p.Error, "There is still $1.00 in it."));

        Assert.Contains("There is still $1.00 in it.", dialog.Find("[role=alert]").TextContent);
        Assert.Equal("Close this account?", dialog.Find("#" + dialog.Find("[role=dialog]").GetAttribute("aria-labelledby")).TextContent);
    }

    // The library hears keys through its script, which is not there; that Escape closes is tested in the browser.
    private IMudDialogInstance Shown => _overlays.FindComponent<MudDialogContainer>().Instance;

    private IRenderedComponent<BankProviders> RenderDialog(Func<Task> confirm, Action<bool> opened)
    {
        _dialog = Render<ConfirmDialog>(parameters => parameters
            .Add(p => p.Open, true)
            .Add(p => p.OpenChanged, opened)
            .Add(p => p.Title, "Close this account?")
            .Add(p => p.Confirm, "Close the account")
            .Add(p => p.Danger, true)
            .Add(p => p.OnConfirm, EventCallback.Factory.Create(this, confirm)));
        return _overlays;
    }
}
