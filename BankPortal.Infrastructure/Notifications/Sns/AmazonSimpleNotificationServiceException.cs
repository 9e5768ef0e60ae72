using System.Net;
using Amazon.Runtime;

namespace BankPortal.Infrastructure.Notifications.Sns;

/// <summary>A refusal or a fault of the service; <see cref="AmazonServiceException.ErrorCode"/> says which.</summary>
public class AmazonSimpleNotificationServiceException : AmazonServiceException
{
    /// <summary>Creates the exception of an answer.</summary>
    public AmazonSimpleNotificationServiceException(SnsFault fault)
        : base(fault?.Message, fault?.Inner, fault?.Type ?? ErrorType.Unknown, fault?.Code, fault?.RequestId, fault?.Status ?? default)
    {
    }

    internal static AmazonSimpleNotificationServiceException Of(SnsFault fault) => fault.Code switch
    {
        "NotFound" or "NotFoundException" => new NotFoundException(fault),
        "AuthorizationError" or "AuthorizationErrorException" or "AccessDenied" => new AuthorizationErrorException(fault),
        "InvalidParameter" or "InvalidParameterException" or "InvalidParameterValue" or "ParameterValueInvalid" =>
            new InvalidParameterException(fault),
        "Throttled" or "Throttling" or "ThrottlingException" => new ThrottledException(fault),
        "InternalError" or "InternalFailure" => new InternalErrorException(fault),
        "EndpointDisabled" => new EndpointDisabledException(fault),
        "OptedOut" => new OptedOutException(fault),
        "SubscriptionLimitExceeded" => new SubscriptionLimitExceededException(fault),
        "TopicLimitExceeded" => new TopicLimitExceededException(fault),
        _ => new AmazonSimpleNotificationServiceException(fault),
    };
}

/// <summary>An error as the service sent it.</summary>
/// <param name="Code">The error's code.</param>
/// <param name="Message">The error in words.</param>
/// <param name="Type">Whether the sender or the service is at fault.</param>
/// <param name="RequestId">The request.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Inner">What the transport reported.</param>
public sealed record SnsFault(string? Code, string Message, ErrorType Type, string? RequestId, HttpStatusCode Status, Exception? Inner);

/// <summary>The topic or subscription does not exist.</summary>
public sealed class NotFoundException(SnsFault fault) : AmazonSimpleNotificationServiceException(fault);

/// <summary>The portal's role may not do this.</summary>
public sealed class AuthorizationErrorException(SnsFault fault) : AmazonSimpleNotificationServiceException(fault);

/// <summary>A field of the request is not valid.</summary>
public sealed class InvalidParameterException(SnsFault fault) : AmazonSimpleNotificationServiceException(fault);

/// <summary>Too many requests; the SDK has tried again already.</summary>
public sealed class ThrottledException(SnsFault fault) : AmazonSimpleNotificationServiceException(fault);

/// <summary>The service has a fault.</summary>
public sealed class InternalErrorException(SnsFault fault) : AmazonSimpleNotificationServiceException(fault);

/// <summary>The endpoint was switched off.</summary>
public sealed class EndpointDisabledException(SnsFault fault) : AmazonSimpleNotificationServiceException(fault);

/// <summary>The phone number has opted out of messages.</summary>
public sealed class OptedOutException(SnsFault fault) : AmazonSimpleNotificationServiceException(fault);

/// <summary>The account has as many subscriptions as it may.</summary>
public sealed class SubscriptionLimitExceededException(SnsFault fault) : AmazonSimpleNotificationServiceException(fault);

/// <summary>The account has as many topics as it may.</summary>
public sealed class TopicLimitExceededException(SnsFault fault) : AmazonSimpleNotificationServiceException(fault);
