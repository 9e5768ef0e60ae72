using System.Text;
using BankPortal.Web.Components.Export;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BankPortal.Tests.Components;

/// <summary>Downloads that are written while they are sent: what the receiver sees when one cannot be written to its end.</summary>
[EngineTest]
public sealed class FileDownloadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/file")]
    [InlineData("/list")]
    public async Task Stream_FaultInTheMiddle_BreaksTheDownloadOff(string path)
    {
        await using var app = await StartAsync(faultAfter: 3);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        var failed = await Record.ExceptionAsync(() => http.GetByteArrayAsync(path, Ct));

        Assert.True(failed is HttpRequestException or IOException, failed?.ToString() ?? "The download looked whole.");
    }

    [Theory]
    [InlineData("/file", 300_000)]
    [InlineData("/list", 300_000)]
    public async Task Stream_ToItsEnd_IsWhole(string path, int atLeast)
    {
        await using var app = await StartAsync(faultAfter: null);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        var bytes = await http.GetByteArrayAsync(path, Ct);

        Assert.True(bytes.Length >= atLeast);
        using var head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Ct);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.NotNull(head.Content.Headers.ContentDisposition);
    }

    [Fact]
    public async Task Csv_CellOfSeveralLines_IsOneCell()
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;

        await CsvDownload.WriteAsync(context, "list", ["A", "B"], Rows(), new DateOnly(2026, 11, 28));

        Assert.Equal("A,B\r\n\"one \"\"1\"\"\ntwo, three\",end\r\n", Encoding.UTF8.GetString(body.ToArray()).TrimStart('\uFEFF'));

        static async IAsyncEnumerable<IReadOnlyList<string>> Rows()
        {
            await Task.Yield();
            yield return [CsvDownload.Text("one \"1\"\ntwo, three"), "end"];
        }
    }

    private static async Task<WebApplication> StartAsync(int? faultAfter)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Map("/file", context => FileDownload.StreamAsync(context, "file.csv", "text/csv", Pieces(faultAfter)));
        app.Map("/list", context => CsvDownload.WriteAsync(context, "list", ["Text"], Rows(faultAfter), new DateOnly(2026, 11, 28)));
        await app.StartAsync(Ct);
        return app;
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces(int? faultAfter)
    {
        for (var i = 0; i < 5; i++)
        {
            await Task.Yield();
            yield return i == faultAfter ? throw new InvalidDataException("lost") : Encoding.ASCII.GetBytes(new string('x', 60_000));
        }
    }

    private static async IAsyncEnumerable<IReadOnlyList<string>> Rows(int? faultAfter)
    {
        for (var i = 0; i < 5; i++)
        {
            await Task.Yield();
            yield return i == faultAfter ? throw new InvalidDataException("lost") : [new string('x', 60_000)];
        }
    }
}
