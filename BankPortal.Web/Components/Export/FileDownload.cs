using Microsoft.Net.Http.Headers;

namespace BankPortal.Web.Components.Export;

/// <summary>
/// Answers a request with a file, in full or written while it is sent, or with the reason why there is none. A file that cannot be written
/// to its end breaks the connection off: whoever receives it sees that the download failed, and has no file that only looks whole.
/// </summary>
public static class FileDownload
{
    /// <summary>Sends a file.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">What the file is called.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="hash">Their SHA-256 hash, which the answer bears (RFC 9530).</param>
    public static async Task WriteAsync(
        HttpContext context, string name, string contentType, ReadOnlyMemory<byte> content, ReadOnlyMemory<byte> hash)
    {
        ArgumentNullException.ThrowIfNull(context);
        Name(context, name, contentType);
        context.Response.ContentLength = content.Length;
        context.Response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(hash.Span)}:";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
        }
    }

    /// <summary>Sends a file while it is written, so its length does not matter.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">What the file is called.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="pieces">Its bytes in order; asked for as fast as they are taken. Not asked for at all when only the head is wanted.</param>
    public static Task StreamAsync(
        HttpContext context, string name, string contentType, IAsyncEnumerable<ReadOnlyMemory<byte>> pieces)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(pieces);
        return StreamAsync(context, name, contentType, async (body, ct) =>
        {
            await foreach (var piece in pieces.WithCancellation(ct))
            {
                await body.WriteAsync(piece, ct);
            }
        });
    }

    /// <summary>Sends a file while it is written.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">What the file is called.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="writeAsync">Writes it.</param>
    internal static async Task StreamAsync(
        HttpContext context, string name, string contentType, Func<Stream, CancellationToken, Task> writeAsync)
    {
        Name(context, name, contentType);
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        try
        {
            await writeAsync(context.Response.Body, context.RequestAborted);
        }
        catch (Exception) when (context.Response.HasStarted)
        {
            context.Abort();
            throw;
        }
    }

    /// <summary>Answers that there is nothing to download, with the refusal's sentence in plain text.</summary>
    public static async Task RefuseAsync(HttpContext context, Error error)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(error);
        context.Response.StatusCode = error switch
        {
            NotAllowedError => StatusCodes.Status403Forbidden,
            NotFoundError => StatusCodes.Status404NotFound,
            _ => StatusCodes.Status400BadRequest,
        };
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(error.Message, context.RequestAborted);
    }

    /// <summary>Says what the answer is: a file of that name and type, which nobody on the way keeps.</summary>
    private static void Name(HttpContext context, string name, string contentType)
    {
        context.Response.ContentType = contentType;
        context.Response.Headers.CacheControl = "no-store";
        var disposition = new ContentDispositionHeaderValue("attachment") { FileName = name };
        if (!name.All(char.IsAscii))
        {
            // Both spellings: the plain one for old readers, the encoded one with all letters (RFC 6266).
            disposition.SetHttpFileName(name);
        }

        context.Response.Headers.ContentDisposition = disposition.ToString();
    }
}
