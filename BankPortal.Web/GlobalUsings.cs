// What most files here use. The dependency rules between modules are held by a test, not by using lines.
global using System.Collections.Immutable;
global using System.Globalization;
global using BankPortal.Core.Accounts;
global using BankPortal.Core.Common;
global using BankPortal.Core.Fraud.Cases;
global using BankPortal.Core.Fraud.Engine;
global using BankPortal.Core.Fraud.Rules;
global using BankPortal.Core.Identity;
global using BankPortal.Core.Ledger.History;
global using BankPortal.Core.Ledger.Posting;
global using BankPortal.Core.Ledger.Screening;
global using BankPortal.Core.Ledger.Transfers;
global using BankPortal.Infrastructure.Identity.Users;
global using BankPortal.Web.Components.Controls;
global using BankPortal.Web.Components.Formatting;
global using BankPortal.Web.Components.Layout;
global using BankPortal.Web.Components.Pages;
global using BankPortal.Web.Features.Identity.Access;
global using BankPortal.Web.Features.Identity.Sessions;
global using BankPortal.Web.Hosting;
global using Microsoft.AspNetCore.Components;
global using Microsoft.Extensions.Options;

// ASP.NET Core has a type of that name too.
global using SessionOptions = BankPortal.Infrastructure.Identity.Sessions.SessionOptions;
