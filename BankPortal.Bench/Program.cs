Console.WriteLine("BankPortal.Bench");
