// What most files here use. The dependency rules between modules are held by a test, not by using lines.
global using System.Collections.Immutable;
global using System.Diagnostics;
global using System.Globalization;
global using BankPortal.Core.Accounts;
global using BankPortal.Core.Common;
global using BankPortal.Core.Identity;
global using BankPortal.Core.Ledger.History;
global using BankPortal.Core.Ledger.Posting;
global using BankPortal.Core.Ledger.Screening;
global using BankPortal.Core.Ledger.Transfers;
global using BankPortal.Infrastructure.Dynamo.Client;
global using Microsoft.Extensions.DependencyInjection;
