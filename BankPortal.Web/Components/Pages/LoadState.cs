namespace BankPortal.Web.Components.Pages;

/// <summary>How far the reading of a page's data is.</summary>
public enum LoadState
{
    Loading,
    Ready,
    Failed,
}
