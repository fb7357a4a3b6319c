#!/usr/bin/perl
# forward.pl PORT SOCKET: takes TCP connections on loopback to a unix socket.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use IO::Socket::UNIX;

my ($port, $path) = @ARGV;
$SIG{CHLD} = 'IGNORE';
my $listener = IO::Socket::INET->new(
  LocalAddr => '127.0.0.1', LocalPort => $port, Listen => 64, ReuseAddr => 1) or die "port $port: $!";
while (my $client = $listener->accept) {
  next if fork;
  close $listener;
  my $engine = IO::Socket::UNIX->new(Peer => $path) or die "$path: $!";
  my %other = ($client => $engine, $engine => $client);
  my $both = IO::Select->new($client, $engine);
  while ($both->count) {
    for my $from ($both->can_read) {
      my $to = $other{$from};
      my $count = sysread $from, my $bytes, 65536;
      if ($count) {
        for (my $sent = 0; $sent < $count;) {
          my $part = syswrite $to, $bytes, $count - $sent, $sent;
          exit unless defined $part;
          $sent += $part;
        }
      } else {
        $both->remove($from);
        shutdown $to, 1;
      }
    }
  }
  exit;
}
