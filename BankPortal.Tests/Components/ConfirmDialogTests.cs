using BankPortal.Web.Components.Controls;
using Microsoft.AspNetCore.Components;

namespace BankPortal.Tests.Components;

[UnitTest]
public sealed class ConfirmDialogTests : BunitContext
{
    public ConfirmDialogTests() => JSInterop.Mode = JSRuntimeMode.Loose;

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

    private IRenderedComponent<ConfirmDialog> RenderDialog(Func<Task> confirm, Action<bool> opened) =>
        Render<ConfirmDialog>(parameters => parameters
            .Add(p => p.Open, true)
            .Add(p => p.OpenChanged, opened)
            .Add(p => p.Title, "Close this account?")
            .Add(p => p.Confirm, "Close the account")
            .Add(p => p.Danger, true)
            .Add(p => p.OnConfirm, EventCallback.Factory.Create(this, confirm)));
}
