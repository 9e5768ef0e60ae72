// An SNS server for the tests: node server.mjs [RECEIVER [PORT]]. Prints its address; ends with its input.
// Topics, subscriptions, filter policies and delivery over HTTP are those of serverless-offline-sns; it is no export of its package, hence the
// path. Added here, as its server lacks them: answers about topics that do not exist, DeleteTopic, the list of a topic's subscriptions,
// e-mail addresses that must be confirmed, attributes of messages with texts by protocol, and deliveries one after another. What goes to an
// e-mail address or a telephone is posted to RECEIVER, with the fields Protocol and To. GET /test?down=yes makes it answer 503 until
// /test?down=no, GET /test?optedout=NUMBER makes it refuse a number; both show the topics and subscriptions.
import express from "express";
import { randomUUID } from "node:crypto";
import { parseAttributes, parseMessageAttributes } from "../../node_modules/serverless-offline-sns/dist/helpers.js";
import { SNSServer } from "../../node_modules/serverless-offline-sns/dist/sns-server.js";

const [receiver, port] = process.argv.slice(2);
const app = express();
const optedOut = new Set();
let down = false;
let pending = [];
let deliveries = Promise.resolve();

class Server extends SNSServer {
  publishHttp(event, sub, raw) {
    const message = JSON.parse(event);
    if (message.MessageStructure === "json") {
      const texts = JSON.parse(message.Message);
      message.Message = texts[sub.as ?? "http"] ?? texts.default;
    }

    const body = JSON.stringify({ ...message, Protocol: sub.as, To: sub.to });
    deliveries = deliveries.then(() => super.publishHttp(body, sub, raw));
    return deliveries;
  }
}

const escape = text => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const answer = (res, action, body) => res.type("xml").send(
  `<${action}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><${action}Result>${body}</${action}Result>`
  + `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`);
const refuse = (res, status, type, code) => res.status(status).type("xml").send(
  `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>${type}</Type><Code>${code}</Code><Message>${code}</Message></Error>`
  + `<RequestId>${randomUUID()}</RequestId></ErrorResponse>`);
const post = message => fetch(receiver, { method: "POST", body: JSON.stringify(message) });
const subscribe = (arn, { topic, as, to, attributes }) => sns.subscriptions.push({
  SubscriptionArn: arn,
  Protocol: "http",
  TopicArn: topic,
  Endpoint: receiver,
  Owner: "",
  Attributes: attributes,
  Policies: attributes.FilterPolicy && JSON.parse(attributes.FilterPolicy),
  as,
  to,
});

app.get("/test", (req, res) => {
  down = req.query.down ? req.query.down === "yes" : down;
  if (req.query.optedout) {
    optedOut.add(req.query.optedout);
  }

  res.json({
    topics: sns.topics.map(topic => topic.TopicArn),
    subscriptions: sns.subscriptions.map(sub => sub.to ?? sub.Endpoint),
    pending: pending.map(sub => sub.to),
  });
});
app.use(express.urlencoded({ extended: true, limit: "10mb" }));
app.all("/", async (req, res, next) => {
  const { Action, TopicArn, Protocol, Endpoint, PhoneNumber } = req.body ?? {};
  if (down) {
    return refuse(res, 503, "Receiver", "ServiceUnavailable");
  }

  if (TopicArn && Action !== "DeleteTopic" && !sns.topics.some(topic => topic.TopicArn === TopicArn)) {
    return refuse(res, 404, "Sender", "NotFound");
  }

  if (optedOut.has(PhoneNumber ?? Endpoint)) {
    return refuse(res, 400, "Sender", PhoneNumber ? "OptedOut" : "InvalidParameter");
  }

  switch (Action) {
    case "DeleteTopic":
      sns.topics = sns.topics.filter(topic => topic.TopicArn !== TopicArn);
      sns.subscriptions = sns.subscriptions.filter(sub => sub.TopicArn !== TopicArn);
      pending = pending.filter(sub => sub.topic !== TopicArn);
      return answer(res, Action, "");
    case "ListSubscriptionsByTopic": {
      const all = [
        ...sns.subscriptions.filter(sub => sub.TopicArn === TopicArn)
          .map(sub => ({ arn: sub.SubscriptionArn, as: sub.as ?? sub.Protocol, to: sub.to ?? sub.Endpoint })),
        ...pending.filter(sub => sub.topic === TopicArn).map(sub => ({ ...sub, arn: "PendingConfirmation" })),
      ];
      const members = all.map(({ arn, as, to }) => `<member><TopicArn>${TopicArn}</TopicArn><Protocol>${as}</Protocol>`
        + `<SubscriptionArn>${arn}</SubscriptionArn><Owner></Owner><Endpoint>${escape(to)}</Endpoint></member>`);
      return answer(res, Action, `<Subscriptions>${members.join("")}</Subscriptions>`);
    }
    case "Subscribe": {
      if (Protocol !== "email" && Protocol !== "sms") {
        return next();
      }

      const there = sns.subscriptions.find(sub => sub.TopicArn === TopicArn && sub.as === Protocol && sub.to === Endpoint);
      const one = { topic: TopicArn, as: Protocol, to: Endpoint, attributes: parseAttributes(req.body), token: randomUUID() };
      if (there || Protocol === "sms") {
        const arn = there?.SubscriptionArn ?? `${TopicArn}:${randomUUID()}`;
        if (!there) {
          subscribe(arn, one);
        }

        return answer(res, Action, `<SubscriptionArn>${arn}</SubscriptionArn>`);
      }

      pending = [...pending.filter(sub => sub.topic !== TopicArn || sub.to !== Endpoint), one];
      await post({ Type: "SubscriptionConfirmation", Protocol, To: Endpoint, TopicArn, Token: one.token });
      return answer(res, Action, "<SubscriptionArn>pending confirmation</SubscriptionArn>");
    }
    case "ConfirmSubscription": {
      const one = pending.find(sub => sub.topic === TopicArn && sub.token === req.body.Token);
      if (!one) {
        return refuse(res, 400, "Sender", "InvalidParameter");
      }

      pending = pending.filter(sub => sub !== one);
      const arn = `${TopicArn}:${randomUUID()}`;
      subscribe(arn, one);
      return answer(res, Action, `<SubscriptionArn>${arn}</SubscriptionArn>`);
    }
    case "Publish": {
      const { Subject, Message, MessageStructure, MessageGroupId } = req.body;
      if (PhoneNumber) {
        await post({ Type: "Notification", Protocol: "sms", To: PhoneNumber, Message });
        return answer(res, Action, `<MessageId>${randomUUID()}</MessageId>`);
      }

      const attributes = parseMessageAttributes({ ...req.body, MessageStructure: undefined });
      const sent = sns.publish(TopicArn, Subject, Message, MessageStructure, attributes, MessageGroupId);
      await deliveries;
      return answer(res, Action, `<MessageId>${sent.PublishResponse[1].PublishResult[0].MessageId}</MessageId>`);
    }
    default:
      return next();
  }
});

const sns = new Server(() => {}, app, "eu-west-1", "123456789012");
const server = app.listen(Number(port ?? 0), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
process.stdin.on("end", () => process.exit(0)).resume();
