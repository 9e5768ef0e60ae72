namespace BankPortal.Web.Components.Export;

/// <summary>The rows of a download, or why there are none.</summary>
/// <param name="context">The request.</param>
/// <param name="actor">Who asks; the source checks what they may see.</param>
/// <param name="zone">The reader's time zone.</param>
public delegate Task<Result<IAsyncEnumerable<IReadOnlyList<string>>>> CsvRows(HttpContext context, Actor actor, UserTimeZone zone);

/// <summary>Maps downloads of lists as CSV files, see <see cref="CsvDownload"/>.</summary>
public static class CsvEndpoint
{
    /// <summary>The most rows in one file of a staff list, so that a download cannot read without end.</summary>
    public const int MostRows = 10_000;

    /// <summary>Maps a download.</summary>
    /// <param name="app">The portal's endpoints.</param>
    /// <param name="path">Its address; the filters are in the query.</param>
    /// <param name="policy">Who may download.</param>
    /// <param name="name">What the file is called, without date and ending.</param>
    /// <param name="columns">The headings.</param>
    /// <param name="rows">The rows.</param>
    public static void MapCsv(
        this IEndpointRouteBuilder app, string path, string policy, string name, IReadOnlyCollection<string> columns, CsvRows rows) =>
        app.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], (HttpContext context) => WriteAsync(context, name, columns, rows))
            .RequireAuthorization(policy);

    private static async Task WriteAsync(HttpContext context, string name, IReadOnlyCollection<string> columns, CsvRows rows)
    {
        var services = context.RequestServices;
        if (await services.GetRequiredService<ActorProvider>().FindAsync(context.RequestAborted) is not { } actor)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var zone = services.GetRequiredService<UserTimeZone>();
        zone.Set(context.Request.Cookies[UserTimeZone.Cookie] is { } cookie ? Uri.UnescapeDataString(cookie) : null);
        var found = await rows(context, actor, zone);
        if (!found.IsSuccess)
        {
            await FileDownload.RefuseAsync(context, found.Error);
            return;
        }

        var today = DateOnly.FromDateTime(zone.ToLocal(services.GetRequiredService<TimeProvider>().GetUtcNow()).DateTime);
        await CsvDownload.WriteAsync(context, name, columns, found.Value, today);
    }
}
