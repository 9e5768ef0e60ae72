using System.Text;
using QRCoder;

namespace BankPortal.Web.Features.Identity.Security;

/// <summary>QR codes as one SVG path: sharp at any size, no image request, no script.</summary>
internal static class QrSvg
{
    /// <summary>The side length in modules, quiet zone included, and the path of the dark ones.</summary>
    public static (int Size, string Path) Draw(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var modules = data.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < modules.Count; y++)
        {
            for (var x = 0; x < modules.Count; x++)
            {
                if (!modules[y][x])
                {
                    continue;
                }

                var start = x;
                while (x + 1 < modules.Count && modules[y][x + 1])
                {
                    x++;
                }

                path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start + 1}v1h-{x - start + 1}z");
            }
        }

        return (modules.Count, path.ToString());
    }
}
