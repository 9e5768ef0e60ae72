namespace BankPortal.Web.Components.Layout;

public sealed partial class FontFaces
{
    private const string Inter =
        "@font-face { font-family: \"Inter Variable\"; font-style: normal; font-weight: 100 900; font-display: swap; ";

    private const string LatinRange =
        "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, U+2000-206F, U+20AC, "
        + "U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD";

    private const string LatinExtendedRange =
        "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, U+1D00-1DBF, U+1E00-1E9F, "
        + "U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF";

    // A font of the system, stretched to the measures of Inter: text keeps its place when Inter arrives.
    private const string Fallback =
        "@font-face { font-family: \"Inter Fallback\"; "
        + "src: local(\"Arial\"), local(\"Liberation Sans\"), local(\"Helvetica\"), local(\"Roboto\"); "
        + "size-adjust: 107.06%; ascent-override: 90.49%; descent-override: 22.56%; line-gap-override: 0%; }";

    private string Latin => Assets["lib/inter/files/inter-latin-wght-normal.woff2"];

    private string LatinExtended => Assets["lib/inter/files/inter-latin-ext-wght-normal.woff2"];

    private string Faces => Face(LatinExtended, LatinExtendedRange) + Face(Latin, LatinRange) + Fallback;

    private static string Face(string file, string range) =>
        $"{Inter}src: url(\"{file}\") format(\"woff2-variations\"); unicode-range: {range}; }} ";
}
