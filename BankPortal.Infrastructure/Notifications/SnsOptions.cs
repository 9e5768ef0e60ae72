namespace BankPortal.Infrastructure.Notifications;

/// <summary>The notification service, for the modes Endpoint and Aws.</summary>
public sealed class SnsOptions
{
    /// <summary>The address of a server of the SNS protocol, in mode Endpoint.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The region; required in mode Aws, in mode Endpoint what requests are signed for.</summary>
    public string? Region { get; set; }

    /// <summary>The access key, in mode Endpoint, if the server checks it.</summary>
    public string? AccessKey { get; set; }

    /// <summary>The key's secret, from a secret store.</summary>
    public string? SecretKey { get; set; }

    /// <summary>Put before every topic's name.</summary>
    public string TopicPrefix { get; set; } = "bankportal-";

    /// <summary>The ARN of the topic of fraud analysts; without it one is made by name.</summary>
    public string? FraudTopic { get; set; }

    /// <summary>The ARN of the topic of compliance officers; without it one is made by name.</summary>
    public string? ComplianceTopic { get; set; }

    /// <summary>The ARN of the topic of those who operate the portal; without it one is made by name.</summary>
    public string? OperationsTopic { get; set; }
}
