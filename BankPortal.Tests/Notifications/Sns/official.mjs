// Sends commands with Amazon's own JavaScript client: node official.mjs ADDRESS < [{ "name": "Publish", "input": { … } }, …]
import * as sns from "@aws-sdk/client-sns";
import { text } from "node:stream/consumers";

const client = new sns.SNSClient({
  endpoint: process.argv[2],
  region: "eu-west-1",
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
  maxAttempts: 1,
});
const answers = [];
for (const { name, input } of JSON.parse(await text(process.stdin))) {
  try {
    const { $metadata, ...answer } = await client.send(new sns[name + "Command"](input));
    answers.push({ answer, requestId: $metadata.requestId });
  } catch (error) {
    answers.push({ error: error.name, message: error.message });
  }
}

console.log(JSON.stringify(answers));
