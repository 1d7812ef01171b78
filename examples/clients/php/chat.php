<?php

// A conversation with Askwell, one message a line:
//
//   php chat.php
//
// ASKWELL names the program when it is not on the PATH.

declare(strict_types=1);

require __DIR__ . '/Askwell.php';

$askwell = new Askwell([getenv('ASKWELL') ?: 'askwell', 'stdio']);
$context = null; // a conversation's memory: pass it on, never look into it

while (($text = fgets(STDIN)) !== false) {
    try {
        $reply = $askwell->ask(rtrim($text, "\n"), $context);
    } catch (AskwellError $error) {
        // The text stays out of the message: an error may end up in a log.
        echo "No answer ({$error->getMessage()}). In an emergency, call 911.\n\n";
        continue;
    }
    $context = $reply['context'];
    if ($reply['status'] === 'safety') {
        // A red flag: its text and nothing else. Nothing to sell, nothing to ask.
        echo "*** PLEASE READ THIS FIRST ({$reply['safety']['level']}) ***\n";
    }
    // In the replies after one, `text` opens with a reminder by itself.
    // On a web page: htmlspecialchars($reply['text']), always.
    echo $reply['text'], "\n\n";
}
