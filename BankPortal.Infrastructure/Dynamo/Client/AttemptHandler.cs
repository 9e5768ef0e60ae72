using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace BankPortal.Infrastructure.Dynamo.Client;

/// <summary>Tells <see cref="UnansweredAttempts"/> of every attempt that fails, inside the SDK's retries.</summary>
internal sealed class AttemptHandler : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        try
        {
            return await base.InvokeAsync<T>(executionContext);
        }
        catch (Exception failure)
        {
            UnansweredAttempts.Note(failure);
            throw;
        }
    }
}
