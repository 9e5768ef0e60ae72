namespace BankPortal.Tests.Dynamo;

/// <summary>The real engines that store tests run on. <see cref="EveryEngineAttribute"/> runs a theory on each.</summary>
public enum EngineKind
{
    /// <summary>The embedded engine, in memory.</summary>
    Dynoxide,

    /// <summary>Amazon's DynamoDB Local: the jars from npm (needs Java), or the address in BANKPORTAL_TEST_DYNAMODB_ENDPOINT.</summary>
    DynamoDbLocal,

    /// <summary>Amazon's DynamoDB Local as a container (<see cref="DynamoDbBuilder"/>): a newer version, needs a container engine.</summary>
    DynamoDbContainer,
}
