using BankPortal.Web.Shell;

var builder = WebApplication.CreateBuilder(args);

// What each room of the bank needs. One line per room.
builder.AddBankShell();

var app = builder.Build();

// The way of a request, in order.
app.UseBankShell();
app.UseAntiforgery();

// What the portal answers to. One line per room.
app.MapBankShell();

await app.RunAsync();

/// <summary>The portal's entry point; named so that tests can refer to it.</summary>
public partial class Program;
