<?php

declare(strict_types=1);

/**
 * A client of `askwell stdio` for PHP 8.1 or later, without dependencies.
 *
 *     $askwell = new Askwell();
 *     $first = $askwell->ask('Is baby Botox a different product?');
 *     $then = $askwell->ask('how long does that last?', $first['context']);
 *
 * Askwell keeps no state: what a conversation needs travels in `context`, which
 * a page keeps in a hidden field. So when the process dies, a new one is started
 * and the message is sent again. A process that answers many messages (a worker,
 * a queue, RoadRunner, Swoole) should keep one object; a page that PHP forgets
 * after each request starts Askwell each time.
 *
 * Questions are health data: nothing here writes them to a file or a log.
 */
final class Askwell
{
    /** The version of the protocol that this client speaks. */
    private const PROTOCOL = 1;

    /** Longest line that Askwell reads, in bytes. */
    private const LINE_BYTES = 65_536;

    /** A message that was lost this often may be what ends the process. */
    private const ATTEMPTS = 3;

    /** Wait before the first new start; doubled for each that follows at once. */
    private const BACKOFF_MICROSECONDS = 50_000;

    /** @var resource|null */
    private $process = null;
    /** @var array<int, resource> */
    private array $pipes = [];
    private string $carried = ''; // the beginning of a line whose end has not come yet
    private int $lastId = 0;

    /**
     * @param string[] $command the program and its arguments; an array, so that no shell reads them
     * @param float $timeout seconds that an answer may take
     * @param string $log the file for Askwell's stderr, which never holds a patient's words.
     *     A file never fills up as a pipe that nobody reads would.
     */
    public function __construct(
        private readonly array $command = ['askwell', 'stdio'],
        private readonly float $timeout = 10.0,
        private readonly string $log = '/dev/null',
    ) {
    }

    public function __destruct()
    {
        $this->stop();
    }

    /**
     * The reply to what a patient wrote.
     *
     * @param string|null $context that of the reply before; null at first
     * @return array<string, mixed>
     */
    public function ask(string $text, ?string $context = null): array
    {
        return $this->request('ask', ['text' => $text] + ($context ? ['context' => $context] : []));
    }

    /**
     * Any request of the protocol; returns its `result`.
     *
     * @param array<string, mixed>|null $params
     * @return array<string, mixed>
     */
    public function request(string $method, ?array $params = null): array
    {
        for ($attempt = 1;; $attempt++) {
            try {
                if ($this->process === null) {
                    $this->start();
                }
                return $this->exchange($method, $params);
            } catch (AskwellGone $gone) {
                $this->stop();
                if ($attempt === self::ATTEMPTS) {
                    throw new AskwellError($gone->getMessage());
                }
                usleep(self::BACKOFF_MICROSECONDS * 2 ** ($attempt - 1));
            }
        }
    }

    private function start(): void
    {
        $ends = [0 => ['pipe', 'r'], 1 => ['pipe', 'w'], 2 => ['file', $this->log, 'a']];
        $process = @proc_open($this->command, $ends, $this->pipes);
        if ($process === false) {
            throw new AskwellGone('askwell could not be started');
        }
        $this->process = $process;
        stream_set_blocking($this->pipes[0], false);
        stream_set_blocking($this->pipes[1], false);
        $hello = $this->exchange('hello', null);
        if ($hello['protocol'] !== self::PROTOCOL) {
            $this->stop();
            throw new AskwellError("askwell speaks protocol {$hello['protocol']}, this client " . self::PROTOCOL);
        }
    }

    private function stop(): void
    {
        if ($this->process === null) {
            return;
        }
        array_map('fclose', $this->pipes);
        proc_terminate($this->process); // proc_close waits, and a process may hang
        proc_close($this->process);
        [$this->process, $this->pipes, $this->carried] = [null, [], ''];
    }

    /**
     * @param array<string, mixed>|null $params
     * @return array<string, mixed>
     */
    private function exchange(string $method, ?array $params): array
    {
        $request = ['jsonrpc' => '2.0', 'id' => ++$this->lastId, 'method' => $method];
        if ($params !== null) {
            $request['params'] = $params;
        }
        // What is no UTF-8 becomes the replacement character.
        $line = json_encode($request, JSON_THROW_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE) . "\n";
        if (strlen($line) > self::LINE_BYTES) {
            throw new AskwellError('a request may have ' . self::LINE_BYTES . ' bytes at most');
        }
        $deadline = microtime(true) + $this->timeout;
        $this->send($line, $deadline);
        $message = json_decode($this->receive($deadline), true);
        if (isset($message['error'])) {
            throw new AskwellError($message['error']['message'], $message['error']['code']);
        }
        return $message['result'] ?? throw new AskwellGone('askwell wrote what is no answer');
    }

    private function send(string $line, float $deadline): void
    {
        while ($line !== '') {
            $this->await($this->pipes[0], 'write', $deadline);
            $written = @fwrite($this->pipes[0], $line);
            if ($written === false || $written === 0) {
                throw new AskwellGone('askwell ended');
            }
            $line = substr($line, $written);
        }
    }

    private function receive(float $deadline): string
    {
        while (($end = strpos($this->carried, "\n")) === false) {
            $this->await($this->pipes[1], 'read', $deadline);
            $chunk = fread($this->pipes[1], 65_536);
            if ($chunk === false || ($chunk === '' && feof($this->pipes[1]))) {
                throw new AskwellGone('askwell ended');
            }
            $this->carried .= $chunk;
        }
        $line = substr($this->carried, 0, $end);
        $this->carried = substr($this->carried, $end + 1);
        return $line;
    }

    /** @param resource $pipe */
    private function await($pipe, string $for, float $deadline): void
    {
        $read = $for === 'read' ? [$pipe] : [];
        $write = $for === 'write' ? [$pipe] : [];
        $none = [];
        $left = max(0, (int) (($deadline - microtime(true)) * 1e6));
        if (!stream_select($read, $write, $none, 0, $left)) {
            $this->stop(); // it hangs
            throw new AskwellError("no answer within {$this->timeout} s");
        }
    }
}

/** No answer; the code is that of JSON-RPC if Askwell itself refused. */
final class AskwellError extends RuntimeException
{
}

/** The process has ended; another one may answer. */
final class AskwellGone extends RuntimeException
{
}
