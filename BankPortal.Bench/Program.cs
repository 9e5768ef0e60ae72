using BankPortal.Bench;

return await BenchCommand.RunAsync(args);
