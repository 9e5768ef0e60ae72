var builder = WebApplication.CreateBuilder(args);
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
var app = builder.Build();
app.MapGet("/", () => "BankPortal");
app.Run();

/// <summary>The portal's entry point; named so that tests can refer to it.</summary>
public partial class Program;
