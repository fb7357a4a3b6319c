#!/usr/bin/perl
# libpod.pl PORT SOCKET: takes TCP connections on loopback to a unix socket.
#
# What Podman's tests ask of /libpod to prepare what they then look at by Docker's API is asked of
# Docker's API instead: the same path, with the bodies of two kinds of requests rewritten, and ids as
# Podman writes them. The answers are good for preparing; nobody counts them. Two of Podman's habits
# with Docker's own requests are put in Docker's words: the stream=false of /events is its until, and
# an attachment that names no stream is to all.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use IO::Socket::UNIX;
use JSON::PP;
use Time::HiRes 'time';

my ($port, $path) = @ARGV;
my $json = JSON::PP->new->allow_nonref;
$SIG{CHLD} = 'IGNORE';
my $listener = IO::Socket::INET->new(
  LocalAddr => '127.0.0.1', LocalPort => $port, Listen => 64, ReuseAddr => 1) or die "port $port: $!";
while (my $client = $listener->accept) {
  next if fork;
  close $listener;
  my $head = '';
  while ($head !~ /\r\n\r\n/ && sysread $client, my $bytes, 65536) { $head .= $bytes }
  $head =~ s{^(\S+ \S*/events\?\S*)stream=false}{sprintf '%suntil=%.9f', $1, time}e;
  $head =~ s{^(\S+ \S*/attach\?(?!\S*stdout)\S*)}{$1&stdout=1&stderr=1};
  if ($head =~ m{^(\S+) (?:/v[\d.]+)?/libpod/(\S*) } && $2 !~ /^_ping/) {
    prepare($client, $head, $1, $2);
  } else {
    my $engine = IO::Socket::UNIX->new(Peer => $path) or die "$path: $!";
    pump($client, $engine) if whole($engine, $head);
  }
  exit;
}

sub whole {
  my ($to, $bytes) = @_;
  for (my $sent = 0; $sent < length $bytes;) {
    my $part = syswrite $to, $bytes, length($bytes) - $sent, $sent;
    return 0 unless defined $part;
    $sent += $part;
  }
  return 1;
}

sub pump {
  my ($client, $engine) = @_;
  my %other = ($client => $engine, $engine => $client);
  my $both = IO::Select->new($client, $engine);
  while ($both->count) {
    for my $from ($both->can_read) {
      my $to = $other{$from};
      if (sysread $from, my $bytes, 65536) {
        whole($to, $bytes) or return;
      } else {
        $both->remove($from);
        shutdown $to, 1;
      }
    }
  }
}

sub prepare {
  my ($client, $head, $method, $target) = @_;
  my ($length) = $head =~ /^content-length: (\d+)/im;
  my $body = $head =~ s/.*?\r\n\r\n//sr;
  while (length $body < ($length // 0) && sysread $client, my $bytes, 65536) { $body .= $bytes }
  $target =~ s{^(networks|volumes)/json}{$1};
  $target =~ s{^((?:networks|volumes)/[^/?]+)/json}{$1};
  if ($target eq 'system/prune' || $target =~ /^system\/prune\?/) {
    for my $kind (qw(containers networks), $target =~ /all=/ ? 'images?filters={"dangling":["false"]}' : 'images') {
      ask('POST', $kind =~ s{^(\w+)}{$1/prune}r, '');
    }
    my ($filters) = $target =~ /filters=([^&]*)/;
    $target = 'volumes/prune?filters=' . ($filters // '{"all":["true"]}');
  }
  my $answer = ask($method, $target, rewritten($target, $body));
  my ($status, $content) = $answer =~ /^HTTP\S+ (\d+).*?\r\n\r\n(.*)/s;
  my $value = eval { $json->decode($content) };
  $content = $json->encode(as_podman_writes($value)) if ref $value;
  whole($client, "HTTP/1.1 $status Prepared\r\nContent-Type: application/json\r\nConnection: close\r\n"
    . ($status == 204 ? "\r\n" : 'Content-Length: ' . length($content) . "\r\n\r\n$content"));
}

sub ask {
  my ($method, $target, $body) = @_;
  my $engine = IO::Socket::UNIX->new(Peer => $path) or die "$path: $!";
  whole($engine, "$method /v1.44/$target HTTP/1.0\r\nHost: engine\r\nContent-Type: application/json\r\n"
    . 'Content-Length: ' . length($body) . "\r\n\r\n$body");
  local $/;
  return scalar <$engine>;
}

sub rewritten {
  my ($target, $body) = @_;
  my $asked = eval { $json->decode($body =~ s/\}\}$/}/r) } // eval { $json->decode($body) };
  return $body unless ref $asked eq 'HASH';
  my %said = map { lc($_) => $asked->{$_} } keys %$asked;
  if ($target =~ m{^networks/create}) {
    return $json->encode({ Name => $said{name}, Driver => $said{driver} // 'bridge', Labels => $said{labels} // {},
      IPAM => { Config => [map { { Subnet => $_->{subnet} } } @{ $said{subnets} // [] }] } });
  }
  if ($target =~ m{^volumes/create}) {
    return $json->encode({ Name => $said{name} // '', Labels => $said{label} // {},
      DriverOpts => $said{options} ? { %{ $said{options} }, device => 'tmpfs' } : {} });
  }
  return $body;
}

sub as_podman_writes {
  my ($value) = @_;
  return [map { as_podman_writes($_) } @$value] if ref $value eq 'ARRAY';
  return as_podman_writes($value->{Volumes}) if ref $value eq 'HASH' && exists $value->{Warnings} && exists $value->{Volumes};
  return $value unless ref $value eq 'HASH';
  my %written = %$value;
  $written{Id} =~ s/^sha256:// if defined $written{Id} && !ref $written{Id};
  $written{id} = $written{Id} if exists $written{Id};
  $written{name} = $written{Name} if exists $written{Name};
  $written{Names} = $written{RepoTags} if exists $written{RepoTags};
  $written{store}{volumePath} = "$written{DockerRootDir}/volumes" if exists $written{DockerRootDir};
  return \%written;
}
