// What most files here use. The dependency rules between modules are held by a test, not by using lines.
global using System.Collections.Immutable;
global using System.Globalization;
global using BankPortal.Core.Accounts;
global using BankPortal.Core.Audit;
global using BankPortal.Core.Common;
global using BankPortal.Core.Fraud.Cases;
global using BankPortal.Core.Fraud.Engine;
global using BankPortal.Core.Fraud.Rules;
global using BankPortal.Core.Identity;
global using BankPortal.Core.Ledger.History;
global using BankPortal.Core.Ledger.Posting;
global using BankPortal.Core.Ledger.Screening;
global using BankPortal.Core.Ledger.Transfers;
global using BankPortal.Infrastructure.Dynamo.Client;
global using BankPortal.Infrastructure.Dynamo.Items;
global using BankPortal.Infrastructure.Dynamo.Schema;
global using BankPortal.Infrastructure.Identity;
global using BankPortal.Infrastructure.Identity.Users;
global using BankPortal.Tests.Browser;
global using BankPortal.Tests.Dynamo;
global using BankPortal.Tests.Fakes;
global using BankPortal.Tests.Journeys.Steps;
global using Bunit;
global using Microsoft.Extensions.DependencyInjection;
global using Microsoft.Extensions.Logging.Abstractions;
global using Microsoft.Extensions.Options;
global using Xunit;

// ASP.NET Core and bUnit have types of these names too.
global using SessionOptions = BankPortal.Infrastructure.Identity.Sessions.SessionOptions;
global using TestContext = Xunit.TestContext;
