namespace BankPortal.Web.Components.Controls;

/// <summary>The portal's own line icons.</summary>
public enum IconName
{
    Alert, ArrowLeft, ArrowRight, Bank, Bell, Calendar, Chart, Check, ChevronDown, ChevronRight, Clock, Close, Columns, Copy, Dashboard,
    Deposit, Device, Download, Eye, Filter, Folder, History, Info, Key, Lock, Mail, Menu, Monitor, Moon, Pause, Phone, Play, Plus,
    Printer, Refresh, Search, Shield, SignOut, Sun, Table, Transfer, User, Wallet, Withdraw,
}
