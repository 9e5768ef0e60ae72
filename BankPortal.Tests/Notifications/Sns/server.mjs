// An SNS server for the tests: topics, subscriptions, filter policies and delivery over HTTP. Prints its address; ends with its input.
// The server is no export of its package, hence the path.
import express from "express";
import { SNSServer } from "../../node_modules/serverless-offline-sns/dist/sns-server.js";

const app = express();
new SNSServer(() => {}, app, "eu-west-1", "123456789012");
const server = app.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
process.stdin.on("end", () => process.exit(0)).resume();
