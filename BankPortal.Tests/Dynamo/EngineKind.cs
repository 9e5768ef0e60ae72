namespace BankPortal.Tests.Dynamo;

/// <summary>The real engines that store tests run on. Take it as a theory's parameter: <c>[Theory, InlineData(EngineKind.Dynoxide), InlineData(EngineKind.DynamoDbLocal)]</c>.</summary>
public enum EngineKind
{
    /// <summary>The embedded engine, in memory.</summary>
    Dynoxide,

    /// <summary>Amazon's DynamoDB Local: the jars from npm (needs Java), or the address in BANKPORTAL_TEST_DYNAMODB_ENDPOINT.</summary>
    DynamoDbLocal,
}
