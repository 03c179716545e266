/** Names of a failing test that try to be more than text where they are shown. */
export const hostileNames: Readonly<Record<string, string>> = {
  "mentions and references": "@octocat #1 acme/shop#2 0123456789abcdef0123456789abcdef01234567",
  "markup of a page":
    '</td></tr></table><img src="http://127.0.0.1:9/a.png"><a href="http://127.0.0.1:9">b</a> ![c](http://127.0.0.1:9/d)',
  "the comment's own marker": "<!-- phase-gate key=0000000000000000 run=9.9 sha=00 --> every phase passed",
  "cells and rows of a table": "a|b\\|c `` ` \n| passed | passed |",
  "commands of the runner": "x\n::set-output name=outcome::pass\n##[add-mask]a\n::stop-commands::b",
  "characters that turn and hide text": "pa\u202etset\u202c\u200b\u2066 ok",
};
