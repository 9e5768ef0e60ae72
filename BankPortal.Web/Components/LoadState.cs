namespace BankPortal.Web.Components;

/// <summary>How far the reading of a page's data is.</summary>
public enum LoadState
{
    Loading,
    Ready,
    Failed,
}
