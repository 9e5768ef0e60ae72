namespace BankPortal.Web.Components.Formatting;

/// <summary>The shapes of the icons: paths on a square of 24 by 24, drawn as lines.</summary>
internal static class IconShapes
{
    /// <summary>The path of an icon, as SVG writes it.</summary>
    public static string Path(IconName name) => name switch
    {
        IconName.Alert => "M12 4.5 21 19.5H3Z M12 10v4.5 M12 17h.01",
        IconName.ArrowLeft => "M20 12H4 M10 6l-6 6 6 6",
        IconName.ArrowRight => "M4 12h16 M14 6l6 6-6 6",
        IconName.Bank => "M3.5 9.5 12 4l8.5 5.5Z M5 20h14 M6.5 12.5V17 M12 12.5V17 M17.5 12.5V17",
        IconName.Calendar => "M4.5 6.5h15v13h-15Z M4.5 10.5h15 M8.5 4v4 M15.5 4v4",
        IconName.Chart => "M4 4v16h16 M8 15l3.5-4 3 2.5L19 8",
        IconName.Check => "M5 12.5 10 17.5 19.5 7",
        IconName.ChevronDown => "M6 9.5l6 6 6-6",
        IconName.ChevronRight => "M9.5 6l6 6-6 6",
        IconName.Clock => "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Z M12 7.5V12l3 2",
        IconName.Close => "M6 6l12 12 M18 6 6 18",
        IconName.Columns => "M4 5h16v14H4Z M9.5 5v14 M14.5 5v14",
        IconName.Copy => "M9 9h10.5v10.5H9Z M15 9V4.5H4.5V15H9",
        IconName.Dashboard => "M4 4.5h7v6H4Z M13.5 4.5H20v3h-6.5Z M13.5 10.5H20v9h-6.5Z M4 13.5h7v6H4Z",
        IconName.Deposit => "M12 3.5V14 M7.5 10l4.5 4.5L16.5 10 M4 15.5v4.5h16v-4.5",
        IconName.Device => "M4 5.5h16v10H4Z M9 19.5h6 M12 15.5v4",
        IconName.Download => "M12 4v10.5 M7.5 10.5 12 15l4.5-4.5 M5 19.5h14",
        IconName.Eye => "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z M12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z",
        IconName.Filter => "M4 6.5h16 M7 12h10 M10 17.5h4",
        IconName.Folder => "M3.5 5.5h6l2 2.5h9v11h-17Z",
        IconName.History => "M4 6h10 M4 12h7 M4 18h5 M17 11a5 5 0 1 0 0 10 5 5 0 0 0 0-10Z M17 13.5V16l1.5 1",
        IconName.Info => "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Z M12 11.5V16 M12 8h.01",
        IconName.Key => "M8 11.5a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z M11 12.5 19.5 4 M16 7.5l3 3",
        IconName.Lock => "M5.5 10.5h13v9h-13Z M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5",
        IconName.Mail => "M3.5 6h17v12.5h-17Z M3.5 7l8.5 6.5L20.5 7",
        IconName.Menu => "M4 7h16 M4 12h16 M4 17h16",
        IconName.Monitor => "M3.5 5h17v11h-17Z M8.5 20h7 M12 16v4",
        IconName.Moon => "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z",
        IconName.Pause => "M8.5 5.5v13 M15.5 5.5v13",
        IconName.Phone => "M7 3.5h10v17H7Z M11 17.5h2",
        IconName.Play => "M8 5.5 18.5 12 8 18.5Z",
        IconName.Plus => "M12 5v14 M5 12h14",
        IconName.Printer => "M7 8.5V4h10v4.5 M7 16.5H4.5v-8h15v8H17 M7 14h10v6H7Z",
        IconName.Refresh => "M19.5 12a7.5 7.5 0 1 1-2.2-5.3 M19.5 4v4h-4",
        IconName.Search => "M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12Z M15 15l5 5",
        IconName.Shield => "M12 3.5 19 6v5.5c0 4.5-3 7.5-7 9-4-1.500-7-4.500-7-9V6Z M9 12l2.200 2.200L15.200 10",
        IconName.SignOut => "M10 4.500H5v15h5 M15 8l4 4-4 4 M19 12H10",
        IconName.Sun => "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z M12 2.500v2 M12 19.500v2 M2.500 12h2 M19.500 12h2 M5.300 5.300l1.400 1.400 M17.300 17.300l1.400 1.400 M5.300 18.700l1.400-1.400 M17.300 6.700l1.400-1.400",
        IconName.Table => "M4 5h16v14H4Z M4 10h16 M4 14.500h16 M10 10v9",
        IconName.Transfer => "M4 8.500h15 M15 4.500l4 4-4 4 M20 15.500H5 M9 11.500l-4 4 4 4",
        IconName.User => "M12 4.500a3.750 3.750 0 1 0 0 7.500 3.750 3.750 0 0 0 0-7.500Z M4.500 20c.800-3.500 3.800-5.500 7.500-5.500s6.700 2 7.500 5.500",
        IconName.Wallet => "M4 7.500h14.500a1.500 1.500 0 0 1 1.500 1.500v9a1.500 1.500 0 0 1-1.500 1.500H4Z M4 7.500V6l12-2v3.500 M16 13.500h.01",
        IconName.Withdraw => "M12 14.500V4 M7.500 8.500 12 4l4.500 4.500 M4 15.500v4.500h16v-4.500",
        _ => "",
    };
}
